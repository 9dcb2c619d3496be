export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** One answer of the EHR; `body` is decoded, and empty where an error's body could not be read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** The first value of a header that may come several times; undefined when it is absent or blank. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const [value] = [headers[name] ?? []].flat()
  const text = value?.trim()
  return text === '' ? undefined : text
}
