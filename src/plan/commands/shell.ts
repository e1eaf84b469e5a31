/** Quoting for commands that an operator pastes: every name in them is the user's. */

/** One word of a POSIX shell, whatever it holds: `a'b` becomes `'a'\''b'`. */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_./:@-]+$/.test(text) && !text.startsWith("-")) return text;
  // A NUL cannot stand in a shell word at all; no schema that Kong accepts has one.
  return `'${text.replaceAll("\0", "").replaceAll("'", String.raw`'\''`)}'`;
}

/** A file's name as a word that no command takes for an option. */
export function fileWord(path: string): string {
  return shellWord(path.startsWith("-") ? `./${path}` : path);
}

/** A plugin's name as one segment of a URL. curl would resolve a segment `..`, and an empty one names the whole collection. */
export function urlWord(name: string): string {
  if (/^\.*$/.test(name)) return '"${PLUGIN_NAME:?the name in the schema cannot stand in an address}"';
  // encodeURIComponent throws on half a surrogate pair.
  return shellWord(encodeURIComponent(name.replace(/\p{Surrogate}/gu, "\uFFFD")));
}

/** The folder of a plugin's files. A name that could lead out of the folder of all plugins is left to the operator. */
export function pluginFolderWord(name: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(name)) return `/usr/local/share/lua/5.1/kong/plugins/${name}`;
  return '"${PLUGIN_FOLDER:?set it to the folder that holds the files of the plugin}"';
}
