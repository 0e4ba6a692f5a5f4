import { BASE, changed, refusalOf } from "../base";

/** Refusals of the base, whose image web is built from this. */
function refusalWith(dockerfile: string, yaml = BASE): string[] {
  return refusalOf({ "environments/demo.yaml": yaml, "docker-manifests/Dockerfile": dockerfile });
}

const line = (why: string) =>
  `environments/demo.yaml:19:3 workloads.web.runAsUser is required, or a number other than 0 as the last USER of docker-manifests/Dockerfile: ${why}`;

describe("an image of which the kubelet would start no container is refused:", () => {
  test.each([
    [
      "container has runAsNonRoot and image will run as root",
      "FROM nginx:1.28\n",
      "it sets none, and the image may run as root",
    ],
    ["container has runAsNonRoot and image will run as root (user 0)", "FROM a\nUSER 0\n", "0 is root"],
    [
      "container has runAsNonRoot and image has non-numeric user (nginx), cannot verify user is non-root",
      "FROM nginx\nUSER nginx\n",
      '"nginx" is a name, and only a number is known not to be root',
    ],
    [
      "image has non-numeric user (root)",
      "FROM a\nUSER root\n",
      '"root" is a name, and only a number is known not to be root',
    ],
  ])("%s", (_words, dockerfile, why) => {
    expect(refusalWith(dockerfile)).toEqual([line(why)]);
  });

  test("of the stage that is built", () => {
    const yaml = changed("{ context: docker-manifests }", "{ context: docker-manifests, target: run }");
    expect(refusalWith("FROM a AS run\nUSER www\nFROM a\nUSER 5\n", yaml)).toHaveLength(1);
  });
});

describe("accepted:", () => {
  test.each([
    ["a number", "FROM nginx\nUSER 101\n"],
    ["a number with the name of a group", "FROM nginx\nUSER 101:nginx\n"],
    ["what only the build knows", "FROM nginx\nUSER $UID\n"],
  ])("%s", (_title, dockerfile) => {
    expect(refusalWith(dockerfile)).toEqual([]);
  });

  test("any image whose workload says the user", () => {
    expect(refusalWith("FROM nginx\n", changed("port: 8080", "port: 8080\n    runAsUser: 101"))).toEqual([]);
  });

  test("any image that no workload runs", () => {
    expect(refusalWith("FROM nginx\n", changed("image: web", "image: api"))).toEqual([]);
  });
});

test("a target that is no stage is refused", () => {
  const yaml = changed("{ context: docker-manifests }", "{ context: docker-manifests, target: rnu }");
  expect(refusalWith("FROM a AS run\nUSER 5\n", yaml)).toEqual([
    'environments/demo.yaml:10:59 images.web.build.docker.target must be a stage of docker-manifests/Dockerfile; did you mean "run"?, got: "rnu"',
  ]);
  expect(refusalWith("FROM a AS rnu\nUSER 5\n", yaml)).toEqual([]);
});
