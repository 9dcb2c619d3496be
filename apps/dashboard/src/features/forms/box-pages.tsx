import type { FormBox, FormRoleView, MappedBox } from '@authscript/prior-auth'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { blankUrl } from '../../api/payer-forms.ts'
import { PageCanvas } from '../review/form/page-canvas.tsx'
import { type FormPage, useFormPages } from '../review/form/pdf-document.ts'
import { roleWords, titleOf } from './box-words.ts'

interface Boxes {
  readonly boxes: readonly FormBox[]
  readonly roles: readonly FormRoleView[]
  readonly selected: string | undefined
  /** Brought into view; undefined as long as nobody has chosen a box. */
  readonly shown: string | undefined
  readonly entryOf: (name: string) => MappedBox | undefined
  readonly onChoose: (name: string) => void
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
}

/**
 * The pages of the blank form with its boxes, which are chosen by a click or by Enter. A page is one stop of the Tab key, because its boxes
 * can be too many and too small; the arrow keys move between them.
 */
export function BoxPages({ formId, ...boxes }: { formId: string } & Boxes) {
  const { form, error } = useFormPages(blankUrl(formId))
  if (error !== undefined)
    return (
      <p role="alert" className="p-4 text-bad">
        The pages could not be shown. The boxes can be chosen from the list.
      </p>
    )
  return (
    <div aria-busy={form === undefined} className="space-y-3">
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-soft">
        <Key look={looks.open}>nothing is written there</Key>
        <Key look={looks.used}>has a use</Key>
        <Key look={looks.selected}>chosen</Key>
      </p>
      {form === undefined ? (
        <div className="aspect-[612/792] animate-pulse bg-quiet-soft" />
      ) : (
        form.pages.map((page) => (
          <BoxPage key={page.number} page={page} pageCount={form.pages.length} {...boxes} />
        ))
      )}
    </div>
  )
}

function BoxPage({
  page,
  pageCount,
  boxes,
  roles,
  selected,
  shown,
  entryOf,
  onChoose,
}: { page: FormPage; pageCount: number } & Boxes) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (shown === undefined) return
    const box = frame.current?.querySelector(`[data-box="${CSS.escape(shown)}"]`)
    if (box !== null && box !== undefined && !isInView(box)) box.scrollIntoView({ block: 'center' })
  }, [shown])
  const known = new Map(boxes.map((box, index) => [box.name, index]))
  const widgets = page.widgets
    .filter(({ name }) => known.has(name))
    .toSorted((one, other) => (known.get(one.name) ?? 0) - (known.get(other.name) ?? 0))
  const firstStop = widgets.find(({ name }) => name === selected) ?? widgets[0]
  const moveFocus = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const step = steps[event.key]
    if (step === undefined) return
    const buttons = frame.current?.querySelectorAll<HTMLElement>('[data-box]') ?? []
    event.preventDefault()
    buttons[(index + step + buttons.length) % buttons.length]?.focus()
  }
  return (
    <PageCanvas
      form={page}
      frame={frame}
      label={`Page ${page.number} of ${pageCount} of the blank form`}
    >
      <OptionWords page={page} box={boxes.find(({ name }) => name === selected)} />
      {widgets.map((widget, index) => {
        const { name } = widget
        const title = titleOf(boxes[known.get(name) ?? 0] ?? { tooltip: null, name })
        const entry = entryOf(name)
        const hasRole = entry !== undefined && entry.role !== null
        const look = name === selected ? looks.selected : hasRole ? looks.used : looks.open
        return (
          <button
            // Widgets of one field share its name.
            key={`${name} ${index}`}
            type="button"
            tabIndex={widget === firstStop ? 0 : -1}
            data-box={name}
            aria-pressed={name === selected}
            aria-label={`Box ${title}: ${roleWords(roles, entry)}`}
            title={`${title}: ${roleWords(roles, entry)}`}
            onClick={() => onChoose(name)}
            onKeyDown={(event) => moveFocus(event, index)}
            className={`absolute cursor-pointer rounded-[1px] focus-visible:outline-3 focus-visible:outline-offset-0 focus-visible:outline-[#0f5a6b] ${look}`}
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

/** On paper, which is white in the dark too. */
const looks = {
  selected: 'bg-[#0f5a6b]/15 outline-3 outline-[#0f5a6b]',
  used: 'bg-[#12693f]/20 outline-1 outline-[#12693f]',
  open: 'bg-[#f0b45a]/30 outline-1 outline-[#8a5300]',
}

function Key({ look, children }: { look: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className="inline-block bg-white p-1">
        <span className={`block h-3 w-6 rounded-[1px] ${look}`} />
      </span>
      {children}
    </span>
  )
}

/** Not behind the bar at the head of the page, nor at the edge of the window. */
function isInView(box: Element): boolean {
  const { top, bottom } = box.getBoundingClientRect()
  return top >= 140 && bottom <= globalThis.innerHeight - 40
}

/** What the PDF calls each box of one name, beside it: only the PDF says which is which. */
function OptionWords({ page, box }: { page: FormPage; box: FormBox | undefined }) {
  const viewport = page.page.getViewport({ scale: 1 })
  return (box?.places ?? []).map(({ page: number, x, y, width, height, option }) => {
    if (option === undefined || number !== page.number) return null
    const [left = 0, top = 0]: readonly number[] = viewport.convertToViewportPoint(
      x + width,
      y + height,
    )
    return (
      <span
        key={`${x} ${y}`}
        aria-hidden
        data-option={option}
        className="pointer-events-none absolute z-10 max-w-24 truncate rounded bg-[#0f5a6b] px-1 text-xs text-white"
        style={{
          left: `${(left / viewport.width) * 100}%`,
          top: `${(top / viewport.height) * 100}%`,
        }}
      >
        {option}
      </span>
    )
  })
}
