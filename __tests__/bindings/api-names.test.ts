import { apiName } from "../../bindings";

test.each([
  ["volume_mount", true, "volumeMounts"],
  ["container", true, "containers"],
  ["init_container", true, "initContainers"],
  ["image_pull_secrets", true, "imagePullSecrets"],
  ["toleration", true, "tolerations"],
  ["env", true, "env"],
  ["env_from", true, "envFrom"],
  ["address", true, "addresses"],
  ["policy", true, "policies"],
  ["egress", true, "egress"],
  ["security_context", false, "securityContext"],
  ["cluster_ip", false, "clusterIP"],
  ["cluster_ips", false, "clusterIPs"],
  ["ip_families", false, "ipFamilies"],
  ["host_pid", false, "hostPID"],
  ["fs_group", false, "fsGroup"],
  ["run_as_username", false, "runAsUserName"],
  ["tcp_socket", false, "tcpSocket"],
])("%s, repeated %s, is %s", (name, isRepeated, expected) => {
  expect(apiName(name, isRepeated)).toBe(expected);
});
