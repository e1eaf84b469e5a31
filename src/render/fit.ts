import { type Detail, details } from "./detail.js";

/**
 * GitHub refuses a longer comment: "Body is too long (maximum is 65536 characters)". GitLab takes a million, by
 * https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics
 */
const mostInComment = 65_536;

/** How many UTF-16 code units of Markdown there are at most. The others are for who posts it: a mark by which to find it again. */
export const mostInMarkdown = mostInComment - 536;

export const commentWords = "Shortened to what GitHub takes in a comment, 65,536 characters";

/** The text in most detail that has room, else the shortest. */
export function fitOne(render: (detail: Detail) => string, room: number, levels: readonly Detail[] = details): string {
  let text = "";
  for (const detail of levels) {
    text = render(detail);
    if (text.length <= room) break;
  }
  return text;
}

/**
 * Texts that have room together. First each gets its shortest form, if that has room, else it is empty. Then, in one round
 * after another, each gets the reasons, the words of the steps, their commands: the first texts first, which matter most.
 */
export function fitAll(renders: readonly ((detail: Detail) => string)[], room: number): readonly string[] {
  let left = room;
  let texts = renders.map((render) => ({ render: remembered(render), text: "" }));
  for (const [round, levels] of rounds.entries()) {
    texts = texts.map((before) => {
      if (round > 0 && before.text === "") return before;
      const own = left + before.text.length;
      const text = fitOne(before.render, own, levels);
      if (text.length > own) return before;
      left = own - text.length;
      return { ...before, text };
    });
  }
  return texts.map(({ text }) => text);
}

/** Most levels are tried in several rounds. */
function remembered(render: (detail: Detail) => string): (detail: Detail) => string {
  const texts = new Map<Detail, string>();
  return (detail) => {
    const text = texts.get(detail) ?? render(detail);
    texts.set(detail, text);
    return text;
  };
}

/** In each round the levels that may be taken. */
const rounds: readonly (readonly Detail[])[] = [
  details.slice(-1),
  ...details.flatMap(({ reasons }, index) => (reasons === "none" ? [] : [details.slice(index)])).reverse(),
];
