import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { formQueries } from '../../api/payer-forms.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { FormEditor } from './form-editor.tsx'

/** One form of a payer: its boxes, and what each is for. */
export function FormEditorPage() {
  const { formId } = useParams({ from: '/signed-in/forms/$formId' })
  const form = useQuery(formQueries.detail(formId))
  const roles = useQuery(formQueries.roles())
  if (form.data !== undefined && roles.data !== undefined)
    return <FormEditor key={formId} form={form.data} roles={roles.data} />
  const error = form.error ?? roles.error
  if (error === null) return <Skeleton rows={8} />
  return (
    <Failure
      error={error}
      onRetry={() => {
        void form.refetch()
        void roles.refetch()
      }}
    />
  )
}
