import { RequestFailed } from '../../api/client.ts'

/** Why something was not done, as a sentence beside the control. */
export function ProblemText({ error }: { readonly error: Error | null }) {
  if (error === null) return null
  const isOurs = error instanceof RequestFailed || error.name === 'PasskeyNotUsed'
  const text = isOurs ? error.message : 'That did not work. Try again.'
  return (
    <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-bad [overflow-wrap:anywhere]">
      {text.slice(0, 1).toUpperCase() + text.slice(1)}
      {/[.!?]$/.test(text) ? '' : '.'}
    </p>
  )
}
