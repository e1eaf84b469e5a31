/** One thing that Kong says of its plugins, in our words. */
export interface DocumentedFact {
  /** Stable; documentation and rules refer to it. */
  readonly id: string;
  readonly fact: string;
  /** The address of the page, or of the file in a public repository, that says so. */
  readonly source: string;
  /** Absent where the page says it in so many words. */
  readonly basis?: FactBasis;
}

/**
 * - `review`: said in the public review of the documentation, not on the page.
 * - `public-source`: read from public source code.
 * - `inferred`: our conclusion; a warning at most.
 */
export type FactBasis = "review" | "public-source" | "inferred";
