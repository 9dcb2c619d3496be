import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useRef, useState } from 'react'
import { formQueries, payerForms } from '../../api/payer-forms.ts'
import { queries } from '../../api/queries.ts'
import { primaryButton, textInput } from '../../ui/buttons.ts'
import { FormProblem } from './form-problem.tsx'

const everyPractice = ''

/** Takes a blank form and opens it in the editor. */
export function UploadForm() {
  const practiceIds = useQuery(queries.session()).data?.practiceIds ?? []
  const [chosen, setChosen] = useState<string>()
  const practiceId = chosen ?? practiceIds[0] ?? everyPractice
  const file = useRef<HTMLInputElement>(null)
  const [hasFile, setHasFile] = useState(false)
  const ids = { file: useId(), practice: useId() }
  const navigate = useNavigate()
  const cache = useQueryClient()
  const upload = useMutation({
    mutationFn: (pdf: File) =>
      payerForms.upload(pdf, practiceId === everyPractice ? undefined : practiceId),
    onSuccess(form) {
      cache.setQueryData(formQueries.detail(form.formId).queryKey, form)
      void cache.invalidateQueries({ queryKey: formQueries.list().queryKey })
      void navigate({ to: '/forms/$formId', params: { formId: form.formId } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const pdf = file.current?.files?.[0]
    if (pdf !== undefined) upload.mutate(pdf)
  }
  return (
    <form
      onSubmit={submit}
      aria-label="Upload a form"
      className="space-y-3 rounded-xl border border-line bg-panel p-4"
    >
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow basis-64">
          <label htmlFor={ids.file} className="block font-medium">
            Blank form (a PDF with boxes to fill)
          </label>
          <input
            id={ids.file}
            ref={file}
            type="file"
            accept="application/pdf,.pdf"
            required
            onChange={(event) => {
              setHasFile((event.target.files?.length ?? 0) > 0)
              upload.reset()
            }}
            className={`${textInput} mt-1 file:mr-3 file:cursor-pointer file:rounded-md file:border file:border-line file:bg-quiet-soft file:px-2.5 file:py-0.5 file:font-medium`}
          />
        </div>
        <div>
          <label htmlFor={ids.practice} className="block font-medium">
            For
          </label>
          <select
            id={ids.practice}
            value={practiceId}
            onChange={(event) => setChosen(event.target.value)}
            className={`${textInput} mt-1`}
          >
            {practiceIds.map((id) => (
              <option key={id} value={id}>
                Practice {id}
              </option>
            ))}
            <option value={everyPractice}>Every practice</option>
          </select>
        </div>
        <button type="submit" disabled={!hasFile || upload.isPending} className={primaryButton}>
          {upload.isPending ? 'Uploading…' : 'Upload'}
        </button>
      </div>
      <FormProblem error={upload.error} />
    </form>
  )
}
