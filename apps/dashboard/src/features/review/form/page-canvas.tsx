import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { FormPage } from './pdf-document.ts'

/** One page of a form as an image, drawn when it comes near the screen, with what lies over it. */
export function PageCanvas({
  form,
  label,
  frame,
  children,
}: {
  form: FormPage
  label: string
  frame: RefObject<HTMLDivElement | null>
  children: ReactNode
}) {
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
  }, [frame])

  useEffect(() => {
    const target = canvas.current
    if (target === null || !isNear || width === 0) return
    const { page } = form
    const scale = (width / page.getViewport({ scale: 1 }).width) * devicePixelRatio
    const viewport = page.getViewport({ scale })
    // Drawn off screen and then copied, so that a form that is filled again does not flicker.
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

  return (
    <div
      ref={frame}
      data-page={form.number}
      data-drawn={isDrawn || undefined}
      className="relative w-full overflow-hidden border border-line bg-white"
      style={{ aspectRatio: `1 / ${form.ratio}` }}
    >
      <canvas ref={canvas} role="img" aria-label={label} className="absolute inset-0 size-full" />
      {isFailed && (
        <p role="alert" className="absolute inset-x-0 top-0 bg-bad-soft p-2 text-bad">
          This page could not be drawn. Open the form instead.
        </p>
      )}
      {children}
    </div>
  )
}
