import type { BuildRequest } from "../rehearsal/clouds/docker-engine";

/**
 * The arguments of `docker` that build what a `docker_image` of the images stack builds.
 * @param request Its context is absolute.
 */
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
