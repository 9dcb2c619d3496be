import { useEffect, useRef, useState } from 'react'
import { fieldOfWidget, questionOfWidget } from './form-boxes.ts'
import type { FormPage } from './pdf-document.ts'

/** One page of the form as an image, drawn when it comes near the screen, with the boxes that lead somewhere. */
export function PageImage({
  form,
  pageCount,
  ringed,
  missing,
  onChooseQuestion,
  onChooseField,
}: {
  form: FormPage
  pageCount: number
  /** The box of the selected question or of the field that is typed into. */
  ringed: { readonly question: number | undefined; readonly field: string | undefined }
  missing: ReadonlySet<string>
  onChooseQuestion: (number: number) => void
  onChooseField: (field: string) => void
}) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const [isNear, setNear] = useState(false)
  const [isDrawn, setDrawn] = useState(false)
  const [isFailed, setFailed] = useState(false)

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const sizes = new ResizeObserver(([entry]) =>
      setWidth(Math.round(entry?.contentRect.width ?? 0)),
    )
    const nearness = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
      },
      { rootMargin: '400px' },
    )
    sizes.observe(element)
    nearness.observe(element)
    return () => {
      sizes.disconnect()
      nearness.disconnect()
    }
  }, [])

  useEffect(() => {
    const target = canvas.current
    if (target === null || !isNear || width === 0) return
    const { page } = form
    const scale = (width / page.getViewport({ scale: 1 }).width) * devicePixelRatio
    const viewport = page.getViewport({ scale })
    // Drawn aside and then copied, so that a form that is filled again does not flicker.
    const drawing = document.createElement('canvas')
    drawing.width = Math.floor(viewport.width)
    drawing.height = Math.floor(viewport.height)
    let cancel: (() => void) | undefined
    const draw = async () => {
      const task = page.render({ canvas: drawing, viewport })
      cancel = () => task.cancel()
      await task.promise
      target.width = drawing.width
      target.height = drawing.height
      target.getContext('2d')?.drawImage(drawing, 0, 0)
      setDrawn(true)
      setFailed(false)
    }
    draw().catch((error: unknown) => {
      // A cancelled one is drawn again.
      if (!(error instanceof Error) || error.name !== 'RenderingCancelledException') setFailed(true)
    })
    return () => cancel?.()
  }, [form, isNear, width])

  const isRinged = (name: string) =>
    (ringed.question !== undefined && questionOfWidget(name) === ringed.question) ||
    (ringed.field !== undefined && fieldOfWidget(name) === ringed.field)
  const ringedName = form.widgets.find(({ name }) => isRinged(name))?.name
  useEffect(() => {
    if (ringedName === undefined) return
    frame.current
      ?.querySelector(`[data-box="${CSS.escape(ringedName)}"]`)
      ?.scrollIntoView({ block: 'nearest' })
  }, [ringedName])

  return (
    <div
      ref={frame}
      data-page={form.number}
      data-drawn={isDrawn || undefined}
      className="relative w-full overflow-hidden border border-line bg-white"
      style={{ aspectRatio: `1 / ${form.ratio}` }}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Page ${form.number} of ${pageCount} of the form`}
        className="absolute inset-0 size-full"
      />
      {isFailed && (
        <p role="alert" className="absolute inset-x-0 top-0 bg-bad-soft p-2 text-bad">
          This page could not be drawn. Open the form instead.
        </p>
      )}
      {form.widgets.map((widget, index) => {
        const question = questionOfWidget(widget.name)
        const field = fieldOfWidget(widget.name)
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
    </div>
  )
}
