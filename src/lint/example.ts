/** A schema of the plugin `example` whose configuration has these fields. */
export function schemaOf(fields: string, { name = "example", before = "" } = {}): string {
  return `${before}return {
  name = "${name}",
  fields = {
    { config = { type = "record", fields = {
      ${fields},
    } } },
  },
}
`;
}

/** A handler of the plugin `example` with this code in it. */
export function handlerOf(code: string, { before = "" } = {}): string {
  return `${before}local ExampleHandler = {
  PRIORITY = 1000,
  VERSION = "1.0.0",
}

${code}
return ExampleHandler
`;
}

/** A phase of the handler. */
export function phase(name: string, body: string): string {
  return `function ExampleHandler:${name}(config)\n  ${body}\nend\n`;
}
