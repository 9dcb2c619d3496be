export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** One answer of the EHR. `body` is decoded; it is empty if the body of an error could not be read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** The first value of a header that may be repeated; undefined if it is absent or blank. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const [value] = [headers[name] ?? []].flat()
  const text = value?.trim()
  return text === '' ? undefined : text
}
