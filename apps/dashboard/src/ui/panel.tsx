import type { ReactNode } from 'react'

export function Panel({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="rounded-xl border border-line bg-panel">
      <header className="flex items-center justify-between gap-4 border-b border-line px-5 py-3">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside}
      </header>
      <div className="p-5">{children}</div>
    </section>
  )
}
