/** Ways in which a message of a data plane node stands in what people have before them. `\n` in it are line ends. */
export const wrappings: Readonly<Record<string, (message: string) => string>> = {
  "as a node writes it": (message) => nginx(message),
  "between lines of others": (message) => `${noise}${nginx(message).split("\n").join(`\n${accessLine}`)}\n${noise}`,
  "with Windows line ends": (message) => nginx(message).replaceAll("\n", "\r\n"),
  "in the spelling of the documentation": (message) =>
    nginx(message.replace("control plane", "Control Plane").replaceAll(/\bin '/g, "in'")),
  "without nginx's words": (message) => `unable to update running config: ${message}`,
  "from its second half on": (message) => message,
  "without line ends": (message) => nginx(message.replaceAll("\n", "")),
  "with single blanks for line ends": (message) => nginx(message.replaceAll(/\n */g, " ")),
  "without indentation": (message) => nginx(message.replaceAll(/\n */g, "\n")),
  "with line ends written out": (message) => nginx(message.replaceAll("\n", "\\n")),
  "in a syslog with octal line ends": (message) =>
    `May  6 10:11:12 node-3 kong[2281]: ${nginx(message.replaceAll("\n", "#012"))}`,
  "in docker compose's logs, with those of the control plane between": (message) =>
    nginx(message)
      .split("\n")
      .map(
        (line) =>
          `kong-dp-1  | ${line}\nkong-cp-1  | 2024/05/06 10:11:12 [info] 7#0: *3 [lua] export: done, context: ngx.timer\n`,
      )
      .join(""),
  "in Kubernetes' container log": (message) =>
    nginx(message)
      .split("\n")
      .map((line, index) => `2024-05-06T10:11:12.${100000000 + index}Z stderr F ${line}\n`)
      .join(""),
  "in stern's output": (message) =>
    nginx(message)
      .split("\n")
      .map((line) => `kong-7d9f6c-x2x proxy ${line}\n`)
      .join(""),
  "in docker's JSON, line by line": (message) =>
    nginx(message)
      .split("\n")
      .map(
        (line, index) =>
          `${JSON.stringify({ log: `${line}\n`, stream: "stderr", time: `2024-05-06T10:11:12.00${index}Z` })}\n`,
      )
      .join(""),
  "in one line of JSON": (message) =>
    `${JSON.stringify({ "@timestamp": "2024-05-06T10:11:12Z", level: "error", message: nginx(message) })}\n`,
  "in JSON inside JSON": (message) =>
    `${JSON.stringify({ kubernetes: { pod_name: "kong-1" }, log: JSON.stringify({ msg: nginx(message) }) })}\n`,
  "in JSON under an unknown name": (message) => `${JSON.stringify({ entry: nginx(message) })}\n`,
};

/** Ways in which an answer of the Admin API stands in what people have before them. */
export const answers: Readonly<Record<string, (message: string) => string>> = {
  "as the answer's body": (message) => JSON.stringify({ message, name: "schema violation", fields: {}, code: 2 }),
  "as curl -i shows it": (message) =>
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ code: 2, message })}\n`,
  "as jq prints it": (message) => JSON.stringify({ code: 2, message, name: "schema violation" }, null, 2),
  "as decK tells it": (message) =>
    `Error: 1 errors occurred:\n\twhile processing event: {Create} plugin p (global) failed: HTTP status 400 (message: ${JSON.stringify(message)})\n`,
  "in a CI log in JSON": (message) =>
    JSON.stringify({ out: `deck: HTTP status 400 (message: ${JSON.stringify(message)})` }),
  "as its message alone": (message) => message,
  "in a log line of the control plane": (message) =>
    `2024/05/06 10:11:12 [notice] 11#0: *8 [lua] api: ${message}, client: 10.0.0.1, server: kong_admin, request: "POST /plugins HTTP/1.1"\n`,
};

function nginx(message: string): string {
  return `2024/05/06 10:11:12 [error] 2281#0: *12 [lua] data_plane.lua:261: [clustering] unable to update running config: ${message}, context: ngx.timer`;
}

const accessLine = `10.0.0.9 - - [06/May/2024:10:11:12 +0000] "GET /health HTTP/1.1" 200 2 "-" "kube-probe/1.29"\n`;

export const noise = `2024/05/06 10:11:00 [notice] 1#0: start worker processes
2024/05/06 10:11:01 [warn] 2281#0: *1 [lua] plugins: config of 'plugins' reloaded, context: ngx.timer
${accessLine}{"level":"info","msg":"schema of plugin in use","in":"config"}
2024/05/06 10:11:02 [error] 2281#0: *4 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.9, server: kong, request: "GET / HTTP/1.1"
`;
