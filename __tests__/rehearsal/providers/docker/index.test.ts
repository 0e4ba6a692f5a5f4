import { setUp } from "../harness";

test("without a daemon the provider cannot even be configured", () => {
  const { clouds, providers } = setUp();
  clouds.docker.available = false;
  expect(() => providers.docker.configure?.({})).toThrow(
    "Error pinging Docker server: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
  );
});
