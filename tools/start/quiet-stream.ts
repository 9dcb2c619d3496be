/** How long a line that says the same as one before is left out. */
const repeatedMs = 60_000
const maxRemembered = 200

/**
 * A stream for the log on a console: of lines that differ only by their time and by their encounter, one a minute is
 * written. When the EHR refuses us, each watched encounter says so.
 *
 * @param now milliseconds of a clock that nobody sets
 */
export function quietStream(
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): { write(line: string): void } {
  const writtenAt = new Map<string, number>()
  return {
    write(line) {
      const same = line.replace(/^\d\d:\d\d:\d\d/, '').replaceAll(/\benc-\S+/g, '')
      const atMs = now()
      if (atMs - (writtenAt.get(same) ?? Number.NEGATIVE_INFINITY) < repeatedMs) return
      if (writtenAt.size >= maxRemembered) writtenAt.clear()
      writtenAt.set(same, atMs)
      write(line)
    },
  }
}
