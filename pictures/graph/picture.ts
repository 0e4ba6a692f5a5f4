/** What a box stands for: the words that it shows above its title are those of `KIND_WORDS`. */
export type NodeKind = keyof typeof KIND_WORDS;

export const KIND_WORDS = {
  registry: "registry",
  image: "image",
  cache: "cache",
  identity: "pulls by",
  cluster: "cluster",
  clusters: "clusters",
  namespace: "namespace",
  workload: "workload",
  manifests: "manifests",
  outside: "token for others",
} as const;

/** A box, with boxes in it. All texts are single lines. */
export interface PictureNode {
  /** Unique in the picture: role and keys of the file. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  readonly lines: readonly string[];
  /** @default - none */
  readonly children?: readonly PictureNode[];
}

/** What flows: an image's address, a credential, or the right to pull. */
export type FlowKind = "image" | "credential" | "role";

export const FLOW_WORDS: Readonly<Record<FlowKind, string>> = {
  image: "login server and digest of an image",
  credential: "what proves who pulls",
  role: "the right to pull",
};

/** An arrow from box to box. */
export interface Flow {
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly kind: FlowKind;
  /** @default - none */
  readonly label?: string;
}

/** An environment as boxes and arrows, of a size that a page can show, whatever the size of the environment. */
export interface Picture {
  /** Name of the environment. */
  readonly name: string;
  /** What there is, in one sentence. */
  readonly summary: string;
  readonly nodes: readonly PictureNode[];
  readonly flows: readonly Flow[];
}

/** @returns The node, and all nodes in it. */
export function withChildren(node: PictureNode): PictureNode[] {
  return [node, ...(node.children ?? []).flatMap(withChildren)];
}
