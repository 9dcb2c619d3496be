/** The package has no type declarations; these are the parts we use. */
declare module 'js-yaml' {
  export const CORE_SCHEMA: object
  /** @throws {Error} the text is not YAML; the first line of the message names the position */
  export function load(
    text: string,
    options?: { readonly schema?: object; readonly json?: boolean },
  ): unknown
}
