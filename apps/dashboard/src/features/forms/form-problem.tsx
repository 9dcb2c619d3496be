import { TriangleAlert } from 'lucide-react'
import { RequestFailed } from '../../api/client.ts'
import { isUnreachable } from '../../api/review.ts'

/** Why something was not done, in sentences. */
export function FormProblem({ error }: { error: Error | null }) {
  if (error === null) return null
  const sentences = sentencesOf(error)
  return (
    <div role="alert" className="flex gap-2 rounded-lg bg-bad-soft p-2.5 text-bad">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 space-y-1 [overflow-wrap:anywhere]">
        {sentences.map((one) => (
          <p key={one}>{one}</p>
        ))}
      </div>
    </div>
  )
}

const places: Readonly<Record<string, string>> = {
  name: 'Name',
  payers: 'Payers',
  codes: 'Codes',
}

function sentencesOf(error: Error): readonly string[] {
  if (isUnreachable(error))
    return ['The gateway cannot be reached. What you entered is kept here; try again in a moment.']
  if (!(error instanceof RequestFailed))
    return ['This could not be done. What you entered is kept here.']
  const { code, detail, title, issues = [] } = error.problem
  const messages = issues.map(({ path, message }) => {
    const place = places[path.split('.')[0] ?? '']
    return sentence(
      code === 'request_invalid' && place !== undefined ? `${place}: ${message}` : message,
    )
  })
  if (code === 'request_invalid' && messages.length > 0) return messages
  const [first, ...others] = messages
  // These begin with the name of a file.
  const main = code.startsWith('form_') ? ended(detail ?? title) : sentence(detail ?? title)
  // The detail names the first issue already.
  return others.length === 0 ? [main] : [main, ...(first === undefined ? [] : others)]
}

export function sentence(text: string): string {
  return ended(text.slice(0, 1).toUpperCase() + text.slice(1))
}

function ended(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`
}
