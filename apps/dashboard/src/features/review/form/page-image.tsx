import { useEffect, useRef } from 'react'
import { type BoxPurposes, fieldOfBox, questionOfBox } from './form-boxes.ts'
import { PageCanvas } from './page-canvas.tsx'
import type { FormPage } from './pdf-document.ts'

/** One page of the form as an image, drawn when it comes near the screen, with the boxes that can be selected. */
export function PageImage({
  form,
  pageCount,
  purposes,
  ringed,
  missing,
  onChooseQuestion,
  onChooseField,
}: {
  form: FormPage
  pageCount: number
  purposes: BoxPurposes
  /** The box of the selected question or of the field that is typed into. */
  ringed: { readonly question: number | undefined; readonly field: string | undefined }
  missing: ReadonlySet<string>
  onChooseQuestion: (number: number) => void
  onChooseField: (field: string) => void
}) {
  const frame = useRef<HTMLDivElement>(null)

  const isRinged = (name: string) =>
    (ringed.question !== undefined && questionOfBox(purposes, name) === ringed.question) ||
    (ringed.field !== undefined && fieldOfBox(purposes, name) === ringed.field)
  const ringedName = form.widgets.find(({ name }) => isRinged(name))?.name
  const ringedAtFirst = useRef(ringedName)
  useEffect(() => {
    // The selection at the start does not scroll the page, because the boxes to complete are above.
    if (ringedName === undefined || ringedName === ringedAtFirst.current) return
    ringedAtFirst.current = undefined
    frame.current
      ?.querySelector(`[data-box="${CSS.escape(ringedName)}"]`)
      ?.scrollIntoView({ block: 'nearest' })
  }, [ringedName])

  return (
    <PageCanvas form={form} frame={frame} label={`Page ${form.number} of ${pageCount} of the form`}>
      {form.widgets.map((widget, index) => {
        const question = questionOfBox(purposes, widget.name)
        const field = fieldOfBox(purposes, widget.name)
        if (question === undefined && field === undefined) return null
        const look = isRinged(widget.name)
          ? 'outline-3 outline-[#0f5a6b]'
          : field !== undefined && missing.has(field)
            ? 'bg-[#f0b45a]/40 outline-1 outline-[#8a5300]'
            : 'hover:outline-2 hover:outline-[#0f5a6b]/60'
        return (
          // Boxes are for the mouse; the lists beside the page hold the same for the keyboard.
          <button
            // Widgets of one field share its name.
            key={`${widget.name} ${index}`}
            type="button"
            tabIndex={-1}
            aria-hidden
            data-box={widget.name}
            data-ringed={isRinged(widget.name) || undefined}
            onClick={() => {
              if (question !== undefined) onChooseQuestion(question)
              else if (field !== undefined) onChooseField(field)
            }}
            className={`absolute cursor-pointer rounded-[1px] ${look}`}
            style={{
              left: `${widget.left * 100}%`,
              top: `${widget.top * 100}%`,
              width: `${widget.width * 100}%`,
              height: `${widget.height * 100}%`,
            }}
          />
        )
      })}
    </PageCanvas>
  )
}
