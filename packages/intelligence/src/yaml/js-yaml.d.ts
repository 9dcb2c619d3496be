/** The package ships no types. What we use of it. */
declare module 'js-yaml' {
  export const CORE_SCHEMA: object
  /** @throws {Error} the text is no YAML; the first line of the message names the place */
  export function load(
    text: string,
    options?: { readonly schema?: object; readonly json?: boolean },
  ): unknown
}
