import fs from "node:fs";

/** What the kernel says of processes: https://man7.org/linux/man-pages/man5/proc.5.html */

/** All descendants. */
export function childrenOf(pid: number): number[] {
  const tasks = read(() => fs.readdirSync(`/proc/${pid}/task`)) ?? [];
  return tasks.flatMap((task) => {
    const list = read(() => fs.readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")) ?? "";
    const children = list.split(" ").filter(Boolean).map(Number);
    return children.flatMap((child) => [child, ...childrenOf(child)]);
  });
}

/** Whether it exists, and is no zombie. */
export function isRunning(pid: number): boolean {
  const status = read(() => fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  return status !== undefined && !/^State:\s+Z/m.test(status);
}

/** Addresses on which a process accepts TCP connections: `127.0.0.1:45123`. One of IPv6 is left in hexadecimal. */
export function listeningAddresses(pid: number): string[] {
  const descriptors = read(() => fs.readdirSync(`/proc/${pid}/fd`)) ?? [];
  const links = descriptors.map((fd) => read(() => fs.readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? "");
  return ["tcp", "tcp6"].flatMap((family) =>
    (read(() => fs.readFileSync(`/proc/${pid}/net/${family}`, "utf8")) ?? "")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === LISTENING && links.includes(`socket:[${columns[9] ?? ""}]`))
      .map((columns) => readable(columns[1] ?? "")),
  );
}

const LISTENING = "0A";

function readable(address: string): string {
  const [host = "", port = ""] = address.split(":");
  const octets =
    host
      .match(/../g)
      ?.reverse()
      .map((octet) => parseInt(octet, 16)) ?? [];
  return `${octets.length === 4 ? octets.join(".") : host}:${parseInt(port, 16)}`;
}

/** Processes may end while one looks at them. */
function read<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
