/** Warns of typed text that is not saved, where an action would ignore it. Nothing if all is saved. */
export function NotSaved({ what, effect }: { what: readonly string[]; effect: string }) {
  if (what.length === 0) return null
  return (
    <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
      Typed and not saved yet: {[...new Set(what)].join(', ')}. {effect}; save it or undo it first.
    </p>
  )
}
