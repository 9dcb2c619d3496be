import { Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { secondaryButton, textInput } from '../../ui/buttons.ts'

/** A key or a link that nobody can see again. It stays until the person closes it. */
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
  const [copied, setCopied] = useState<'done' | 'by_hand'>()
  const input = useRef<HTMLInputElement>(null)
  // In a long list it would be out of sight.
  useEffect(() => {
    input.current?.focus()
    input.current?.scrollIntoView({ block: 'nearest' })
  }, [text])
  const select = () => {
    input.current?.select()
    input.current?.focus()
    setCopied('by_hand')
  }
  // Browsers give the clipboard to pages over TLS only, or on this computer.
  const copy = () =>
    navigator.clipboard === undefined
      ? select()
      : navigator.clipboard.writeText(text).then(() => setCopied('done'), select)
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
          ref={input}
          readOnly
          aria-label={title}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          className={`${textInput} grow basis-64 font-mono text-sm`}
        />
        <button type="button" onClick={() => void copy()} className={secondaryButton}>
          <Copy aria-hidden className="size-4" /> {copied === 'done' ? 'Copied' : 'Copy'}
        </button>
        <button type="button" onClick={onDone} className={secondaryButton}>
          I have it
        </button>
      </div>
      {copied === 'by_hand' && (
        <p>The browser does not let this page copy. It is selected: press Ctrl+C.</p>
      )}
    </div>
  )
}
