import { Paperclip } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

/** Takes files that are dropped anywhere on the page. True while some are held over it. */
export function useFileDrop(
  isPossible: boolean,
  onFiles: (files: readonly File[]) => void,
): boolean {
  const [isOver, setOver] = useState(false)
  const current = useRef(onFiles)
  current.current = onFiles
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      // Without this the browser would open the file in place of the page, and what is typed would be lost.
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = isPossible ? 'copy' : 'none'
      setOver(isPossible)
    }
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      if (isPossible) current.current([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [isPossible])
  return isOver && isPossible
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true

/** Over the page while a file is held over it. */
export function DropHint() {
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-2 z-40 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 text-base font-semibold text-accent"
    >
      <Paperclip className="mr-2 size-5" /> Attach to this order
    </div>
  )
}
