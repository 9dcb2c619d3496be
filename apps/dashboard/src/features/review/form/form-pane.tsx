import { Download, ExternalLink, PenLine } from 'lucide-react'
import { useRef, useState } from 'react'
import { documentUrl, formUrl } from '../../../api/client.ts'
import type { AttachFiles } from '../attachments/use-attach-files.ts'
import { AttachmentsSection } from '../attachments/attachments-section.tsx'
import { quietButton } from '../../../ui/buttons.ts'
import { useReview } from '../review-state.tsx'
import { boxOf, rowOfQuestion } from './form-boxes.ts'
import { AllBoxes, FormEntries } from './form-entries.tsx'
import { PageImage } from './page-image.tsx'
import { useFormPages } from './pdf-document.ts'

/** The form as it is now, page by page, and the boxes that a person completes. */
export function FormPane({
  selectedQuestion,
  attach,
  onChooseQuestion,
}: {
  /** The number of the selected question on the form, from 1. */
  selectedQuestion: number | undefined
  attach: AttachFiles
  onChooseQuestion: (number: number) => void
}) {
  const { order, isDraft } = useReview()
  const [focusedField, setFocusedField] = useState<string>()
  const [openFields, setOpenFields] = useState<readonly string[]>([])
  const pane = useRef<HTMLDivElement>(null)
  if (order.form === null) return <p className="p-4 text-soft">There is no form for this order.</p>

  const openField = (field: string) => {
    if (boxOf(field) === undefined) return
    setOpenFields((before) => (before.includes(field) ? before : [...before, field]))
    setFocusedField(field)
    // The input exists after this update.
    requestAnimationFrame(() =>
      pane.current?.querySelector<HTMLElement>(`[id="${CSS.escape(`box-${field}`)}"]`)?.focus(),
    )
  }
  return (
    <div ref={pane}>
      <FormEntries openFields={openFields} onFocusField={setFocusedField} />
      <AttachmentsSection attach={attach} />
      <Pages
        // After the approval with signature and attachments, exactly as it was sent.
        url={(isDraft ? formUrl : documentUrl)(order.workItemId, order.version)}
        pageCount={isDraft ? order.form.pages : order.documentPages}
        purposes={order.boxPurposes}
        ringed={{
          question:
            selectedQuestion === undefined
              ? undefined
              : rowOfQuestion(order.boxPurposes, selectedQuestion),
          field: focusedField,
        }}
        missing={new Set(order.missingFields)}
        onChooseQuestion={onChooseQuestion}
        onChooseField={openField}
      />
      {isDraft && (
        <p className="flex items-start gap-2 px-4 py-2 text-xs text-soft">
          <PenLine aria-hidden className="mt-0.5 size-3.5 shrink-0" /> Signature, date of signature
          and attestation are left for the provider, who may place a stored signature when
          approving.
        </p>
      )}
      <AllBoxes onOpenField={openField} />
    </div>
  )
}

function Pages({
  url,
  pageCount,
  ...boxes
}: {
  url: string
  pageCount: number
} & Omit<Parameters<typeof PageImage>[0], 'form' | 'pageCount'>) {
  const { form, error } = useFormPages(url)
  if (error !== undefined && form === undefined)
    return (
      <p role="alert" className="p-4 text-bad">
        The pages could not be shown. Open the form instead.
      </p>
    )
  const isStale = form !== undefined && form.url !== url
  return (
    <div
      data-form-url={form?.url}
      aria-busy={form === undefined || isStale}
      className={`space-y-3 p-3 ${isStale ? 'opacity-60' : ''}`}
    >
      {form === undefined
        ? Array.from({ length: pageCount }, (_, index) => (
            <div key={index} className="aspect-[612/792] animate-pulse bg-quiet-soft" />
          ))
        : form.pages.map((page) => (
            <PageImage key={page.number} form={page} pageCount={form.pages.length} {...boxes} />
          ))}
    </div>
  )
}

/** Opens or downloads the form, above its pages. */
export function FormLinks() {
  const { order } = useReview()
  if (order.form === null) return null
  const url = documentUrl(order.workItemId, order.version)
  return (
    <span className="flex">
      <a href={url} target="_blank" rel="noreferrer" className={`${quietButton} text-xs`}>
        <ExternalLink aria-hidden className="size-3.5" /> Open
      </a>
      <a href={url} download className={`${quietButton} text-xs`}>
        <Download aria-hidden className="size-3.5" /> Download
      </a>
    </span>
  )
}
