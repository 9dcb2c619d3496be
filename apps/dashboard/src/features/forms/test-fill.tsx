import { useRef } from 'react'
import { PageCanvas } from '../review/form/page-canvas.tsx'
import { type FormPage, useFormPages } from '../review/form/pdf-document.ts'

/** The form with the sample patient. */
export function TestFill({ bytes, isOld }: { bytes: Uint8Array; isOld: boolean }) {
  const { form, error } = useFormPages('test-fill', bytes)
  return (
    <section aria-label="Test fill" data-test-fill className="space-y-3">
      <p className="text-soft" role="status">
        {isOld
          ? 'Filled before your latest changes. Fill it again to see them.'
          : 'Filled with an invented patient. Nothing of it is kept.'}
      </p>
      {error !== undefined && (
        <p role="alert" className="text-bad">
          The pages could not be shown.
        </p>
      )}
      <div className={`space-y-3 ${isOld ? 'opacity-60' : ''}`}>
        {form?.pages.map((page) => (
          <FilledPage key={page.number} page={page} pageCount={form.pages.length} />
        ))}
      </div>
    </section>
  )
}

function FilledPage({ page, pageCount }: { page: FormPage; pageCount: number }) {
  const frame = useRef<HTMLDivElement>(null)
  return (
    <PageCanvas
      form={page}
      frame={frame}
      label={`Page ${page.number} of ${pageCount} of the filled form`}
    >
      {null}
    </PageCanvas>
  )
}
