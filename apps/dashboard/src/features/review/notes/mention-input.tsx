import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { textInput } from '../../../ui/buttons.ts'
import { matchingPeople, type MentionAt, mentionAt, withMention } from './mention-at.ts'

/** A text in which `@` offers the people of the practice: arrows choose, Enter takes, Escape closes the list. */
export function MentionInput({
  id,
  rows,
  people,
  value,
  onChange,
}: {
  id: string
  rows: number
  people: readonly string[]
  value: string
  onChange: (text: string) => void
}) {
  const input = useRef<HTMLTextAreaElement>(null)
  const [mention, setMention] = useState<MentionAt>()
  const [chosen, setChosen] = useState(0)
  const listId = useId()
  const offered = mention === undefined ? [] : matchingPeople(people, mention)
  const isOpen = offered.length > 0
  const at = Math.min(chosen, offered.length - 1)

  const look = () => {
    const { current } = input
    if (current === null) return
    setMention(mentionAt(current.value, current.selectionStart))
    setChosen(0)
  }
  const take = (name: string | undefined) => {
    if (name === undefined || mention === undefined) return
    const { text, caret } = withMention(value, mention, name)
    onChange(text)
    setMention(undefined)
    // The text is there after this update.
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(caret, caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return
    switch (event.key) {
      case 'ArrowDown':
        setChosen((at + 1) % offered.length)
        break
      case 'ArrowUp':
        setChosen((at + offered.length - 1) % offered.length)
        break
      case 'Enter':
      case 'Tab':
        take(offered[at])
        break
      case 'Escape':
        setMention(undefined)
        break
      default:
        return
    }
    // The list's, not the drawer's.
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative">
      <textarea
        ref={input}
        id={id}
        rows={rows}
        maxLength={4000}
        dir="auto"
        value={value}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${at}` : undefined}
        onChange={(event) => {
          onChange(event.target.value)
          look()
        }}
        onClick={look}
        onKeyDown={onKeyDown}
        onBlur={() => setMention(undefined)}
        className={textInput}
      />
      {isOpen && (
        <ul
          id={listId}
          role="listbox"
          aria-label="People"
          className="absolute inset-x-0 top-full z-10 rounded-lg border border-line bg-panel py-1 shadow-lg"
        >
          {offered.map((name, index) => (
            <li
              key={name}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              // Before the text loses the focus.
              onMouseDown={(event) => {
                event.preventDefault()
                take(name)
              }}
              className="min-h-9 cursor-default px-3 py-1.5 aria-selected:bg-accent-soft"
            >
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
