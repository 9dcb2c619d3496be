import { RequestFailed } from '../../api/client.ts'

/** Why something that was pressed did not happen. */
export function RequestFailure({ error }: { error: Error }) {
  return (
    <p role="alert" className="text-bad">
      {error instanceof RequestFailed ? error.message : 'That did not work; try again.'}
    </p>
  )
}
