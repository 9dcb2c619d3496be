import type { PayerFormSummary } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RequestFailed } from '../../api/client.ts'
import { formQueries } from '../../api/payer-forms.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { FormState } from './form-state.tsx'
import { UploadForm } from './upload-form.tsx'
import { sentence } from './form-problem.tsx'

/** The forms of payers: which there are, which are in use, and one more. */
export function FormListPage() {
  useTitle('Forms of payers')
  const forms = useQuery(formQueries.list())
  const isForbidden = forms.error instanceof RequestFailed && forms.error.problem.status === 403
  return (
    <div className="space-y-4">
      <h1 className="text-xl font-semibold tracking-tight">Forms of payers</h1>
      <p className="max-w-3xl text-soft">
        Upload the blank form of a payer, say what each of its boxes is for, and put it into use.
        Orders of that payer are filled on it from then on.
      </p>
      {isForbidden ? (
        <Empty title="Only operators work on forms">Ask somebody who has the role operator.</Empty>
      ) : (
        <>
          <UploadForm />
          {forms.data === undefined ? (
            forms.error === null ? (
              <Skeleton rows={4} />
            ) : (
              <Failure error={forms.error} onRetry={() => void forms.refetch()} />
            )
          ) : (
            <FormList forms={forms.data} />
          )}
        </>
      )}
    </div>
  )
}

function FormList({ forms }: { forms: readonly PayerFormSummary[] }) {
  if (forms.length === 0)
    return (
      <Empty title="No form was uploaded yet">
        Orders are filled on our own form, or on forms that the configuration names.
      </Empty>
    )
  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
      {forms.map((form) => (
        <li
          key={form.formId}
          data-form={form.formId}
          className="flex flex-wrap gap-x-4 gap-y-1 p-4"
        >
          <div className="min-w-0 grow basis-64 [overflow-wrap:anywhere]">
            <Link
              to="/forms/$formId"
              params={{ formId: form.formId }}
              className="font-medium text-accent underline-offset-2 hover:underline"
            >
              {form.name}
            </Link>
            <p className="text-soft">
              {form.payers.length === 0 ? 'No payer yet' : `For ${form.payers.join(', ')}`}
              {form.codes.length > 0 && `, codes ${form.codes.join(', ')}`}
              {form.practiceId === null ? ', every practice' : `, practice ${form.practiceId}`}
            </p>
            {form.fault !== null && <p className="text-bad">{sentence(form.fault)}</p>}
          </div>
          <div className="flex flex-col items-start gap-1 min-[700px]:items-end">
            <FormState form={form} />
            <span className="text-xs text-soft">
              Version {form.version}, {form.changedBy}, <RelativeTime time={form.changedAt} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}
