/** How an image is built. */
export interface BuildRequest {
  /** Folder, absolute. */
  readonly context: string;
  /** Inside the context. @default "Dockerfile" */
  readonly dockerfile?: string | undefined;
  readonly buildArgs?: Readonly<Record<string, string>> | undefined;
  readonly platform?: string | undefined;
  /** Build stage. @default - the last */
  readonly target?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The arguments of `docker` that build what a `docker_image` of the images stack builds. */
export function buildArguments(tag: string, request: BuildRequest): string[] {
  const { context, dockerfile = "Dockerfile", buildArgs = {}, platform, target, labels = {} } = request;
  return [
    ...["build", "--tag", tag, "--file", `${context}/${dockerfile}`],
    ...(platform === undefined ? [] : ["--platform", platform]),
    ...(target === undefined ? [] : ["--target", target]),
    ...Object.entries(buildArgs).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    ...Object.entries(labels).flatMap(([name, value]) => ["--label", `${name}=${value}`]),
    context,
  ];
}
