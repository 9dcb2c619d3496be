/** A sentence in which keys of the configuration and codes look like what they are: `Ehr.ClientSecret`, `Athena__ClientSecret`. */
export function Worded({ children }: { children: string }) {
  const parts = children.split(/(`[^`]+`|\b[A-Z][A-Za-z]+(?:(?:__|\.)[A-Za-z0-9]+)+)/)
  return parts.map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={index} className="rounded bg-quiet-soft px-1 font-mono text-[0.92em] text-ink">
        {part.replaceAll('`', '')}
      </code>
    ),
  )
}
