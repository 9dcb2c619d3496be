import { useEffect, useRef } from 'react'
import { PageCanvas } from '../review/form/page-canvas.tsx'
import { sentence } from './form-problem.tsx'
import { type FormPage, useFormPages } from '../review/form/pdf-document.ts'

/** The form with the sample patient. */
export function TestFill({
  bytes,
  notices,
  isOld,
}: {
  bytes: Uint8Array
  notices: readonly string[]
  isOld: boolean
}) {
  const { form, error } = useFormPages('test-fill', bytes)
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a narrow screen it is below all pages of the blank form.
    const isBelow = (section.current?.getBoundingClientRect().top ?? 0) > globalThis.innerHeight
    if (bytes.length > 0 && isBelow) section.current?.scrollIntoView({ block: 'start' })
  }, [bytes])
  return (
    <section
      ref={section}
      aria-label="Test fill"
      data-test-fill
      className="scroll-mt-20 space-y-3 min-[900px]:scroll-mt-40"
    >
      <p className="text-soft" role="status">
        {isOld
          ? 'Filled before your latest changes. Fill it again to see them.'
          : 'Filled with an invented patient. Nothing of it is kept.'}
      </p>
      {notices.length > 0 && (
        <div className="rounded-lg border border-line bg-panel p-2.5 [overflow-wrap:anywhere]">
          <p className="font-medium">A reviewer would read</p>
          <ul className="list-disc pl-5">
            {notices.map((one) => (
              <li key={one}>{sentence(one)}</li>
            ))}
          </ul>
        </div>
      )}
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
