import type { Environment } from "../../config";
import { entryAt } from "../../config/entry-at";
import { targetOf } from "../../config/cluster-target";
import { placesOf } from "../../config/places";
import { figure, table } from "../elements";
import { markup, type Markup } from "../markup";
import { htmlPage, type PageSection } from "../page";
import { pictureOf } from "./picture-of";
import { GRAPH_CSS, graphSvg } from "./svg";
import { originWords, pullWords, tagWords } from "./words";

/** Environments as a page: the picture of each, and all that it has in tables. */
export async function graphPage(environments: readonly Environment[]): Promise<string> {
  const names = environments.map(({ name }) => name).join(", ");
  return htmlPage({
    title: `${names}: what is connected to what`,
    summary:
      "Which images lie in which registry, who pulls them, by what, and what runs where: as the environment file says it.",
    sections: await Promise.all(environments.map(graphSection)),
    css: GRAPH_CSS,
  });
}

/** The picture of one environment with its tables. */
async function graphSection(environment: Environment): Promise<PageSection> {
  const { name } = environment;
  return {
    id: `environment.${name}`,
    heading: name,
    content: [await graphFigure(environment), imagesTable(environment), clustersTable(environment)],
  };
}

/** The picture alone. */
export async function graphFigure(environment: Environment): Promise<Markup> {
  const picture = pictureOf(environment);
  return figure(`${picture.name}: ${picture.summary}`, await graphSvg(picture, { standalone: false }));
}

function imagesTable({ name, images, registry }: Environment): Markup {
  return table({
    caption: `Images of ${name}`,
    columns: ["image", "in the registry", "comes there"],
    rows: Object.entries(images).map(([key, image]) => ({
      id: `${name}.image.${key}`,
      cells: [key, tagWords(image), originWords(image, registry)],
    })),
  });
}

function clustersTable({ name, registry, azure, clusters, workloads, manifests, ...rest }: Environment): Markup {
  const places = placesOf({ clusters, workloads, manifests, namespaces: rest.namespaces });
  const running = new Map(Object.keys(clusters).map((key) => [key, [] as string[]]));
  for (const [entry, { clusters: on }] of [...Object.entries(workloads), ...Object.entries(manifests)]) {
    for (const key of on) running.get(key)?.push(entry);
  }
  return table({
    caption: `Clusters of ${name}`,
    columns: ["cluster", "labels", "is reached by", "pulls by", "gets", "role", "namespaces", "runs"],
    rows: Object.keys(clusters).map((key) => {
      const { labels = {}, connection, pull } = entryAt(clusters, key);
      const { name: identity, kind, credential, role } = pullWords(pull, registry);
      return {
        id: `${name}.cluster.${key}`,
        cells: [
          key,
          Object.entries(labels)
            .map(([label, value]) => `${label}: ${value}`)
            .join(", "),
          targetOf(connection, azure),
          markup`${identity} (${kind})`,
          credential,
          role ?? "not made here",
          [...(places.get(key)?.keys() ?? [])].join(", "),
          running.get(key)?.join(", "),
        ],
      };
    }),
  });
}
