import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prose } from "../../src/render/markdown-text.js";

const sha = "a5c3785ed8d6a35868bc169f07e40e889087fd2e";
const parted = "a5c378<!-- -->5ed8d6<!-- -->a35868<!-- -->bc169f<!-- -->07e40e<!-- -->889087<!-- -->fd2e";

describe("text of an author in Markdown", () => {
  // https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
  it.each([
    ["see #26", "see #<!-- -->26"],
    ["GH-26 and gh-26", "GH-<!-- -->26 and gh-<!-- -->26"],
    ["owner/repo#26", "owner/repo#<!-- -->26"],
    ["@someone", "@<!-- -->someone"],
    [sha, parted],
    [`owner@${sha}`, `owner@<!-- -->${parted}`],
    [`owner/repo@${sha}`, `owner/repo@<!-- -->${parted}`],
    ["table b5213de…9831b0f", "table b5213d<!-- -->e…9831b0<!-- -->f"],
    ["https://a.example/1", "https:<!-- -->//a.example/1"],
    ["HTTPS://a.example, ftp://b.example", "HTTPS:<!-- -->//a.example, ftp:<!-- -->//b.example"],
    ["www.a.example", "www.<!-- -->a.example"],
  ])("refers to nothing on GitHub: %s", (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });

  it.each(["60000000", "x 1234567.5", "a5c378", "x-26", "config.redis", `${sha}${sha}`])(
    "stays as it is where GitHub makes no link of it: %s",
    (text) => {
      expect(prose(text)).toBe(text);
    },
  );

  it("reads as it was written once the empty comments are gone", () => {
    const part = fc.constantFrom("@", "#", "GH-", "a5c3785", "0", "https:", "www.", "/", " ", "x", "-");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = `x${parts.join("")}`;
        const markdown = prose(text);
        expect(markdown.replaceAll("<!-- -->", "")).toBe(text);
        expect(markdown).not.toMatch(/[@#]\w|GH-\d|https?:\/|www\.\w|(?<!\w)[0-9]*[a-f][0-9a-f]{6,39}(?!\w)/i);
      }),
    );
  });
});
