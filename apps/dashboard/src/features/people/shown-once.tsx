import { Copy } from 'lucide-react'
import { useState } from 'react'
import { secondaryButton, textInput } from '../../ui/buttons.ts'

/** A key or a link that nobody can see again. It stays until it is put away. */
export function ShownOnce({
  title,
  hint,
  text,
  onDone,
}: {
  readonly title: string
  readonly hint: string
  readonly text: string
  readonly onDone: () => void
}) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setIsCopied(true),
      () => undefined,
    )
  return (
    <div
      role="status"
      data-shown-once
      className="space-y-2 rounded-xl border border-line bg-accent-soft p-4"
    >
      <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
      <p>{hint}</p>
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          aria-label={title}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          className={`${textInput} grow basis-64 font-mono text-sm`}
        />
        <button type="button" onClick={() => void copy()} className={secondaryButton}>
          <Copy aria-hidden className="size-4" /> {isCopied ? 'Copied' : 'Copy'}
        </button>
        <button type="button" onClick={onDone} className={secondaryButton}>
          I have it
        </button>
      </div>
    </div>
  )
}
