/**
 * Sleep studies and durable equipment. HCPCS level II is published by CMS; the wording is ours. The orthoses,
 * prostheses, support surfaces and power wheelchairs are those of Medicare's required prior authorization list.
 */
export const sleepAndEquipment = `
95782 sleep study, under 6 years @2013-01-01
95783 sleep study with pressure titration, under 6 years @2013-01-01
95800 home sleep study with sleep time
95801 home sleep study, minimal channels
95805 multiple sleep latency test
95806 home sleep study with effort
95807 attended sleep study
95808 polysomnography, one to three parameters
95810 polysomnography, four or more parameters
95811 polysomnography with pressure titration
G0398 home sleep test, type II
G0399 home sleep test, type III
G0400 home sleep test, type IV
A7027 combination oral and nasal mask
A7028 oral cushion for combination mask
A7029 nasal pillows for combination mask
A7030 full face mask
A7031 full face mask interface
A7032 nasal mask cushion
A7033 nasal pillows
A7034 nasal interface
A7035 positive pressure headgear
A7036 positive pressure chinstrap
A7037 positive pressure tubing
A7038 positive pressure filter, disposable
A7039 positive pressure filter, reusable
A7044 oral interface
A7045 exhalation port
A7046 humidifier water chamber
A4604 heated tubing
E0193 powered air flotation bed
E0277 powered pressure-reducing mattress
E0371 nonpowered advanced pressure overlay
E0372 powered air overlay
E0373 nonpowered advanced pressure mattress
E0424 stationary compressed oxygen, rental
E0431 portable gaseous oxygen, rental
E0433 portable liquid oxygen with home filling, rental
E0434 portable liquid oxygen, rental
E0439 stationary liquid oxygen, rental
E0470 bilevel pressure device without backup rate
E0471 bilevel pressure device with backup rate, noninvasive
E0472 bilevel pressure device with backup rate, invasive
E0561 humidifier, non-heated
E0562 humidifier, heated
E0601 continuous positive airway pressure device
E0747 osteogenesis stimulator, noninvasive, not spinal
E0748 osteogenesis stimulator, noninvasive, spinal
E0760 osteogenesis stimulator, ultrasound
E1390 oxygen concentrator, one port
E1391 oxygen concentrator, two ports
E1392 portable oxygen concentrator
K0738 portable gaseous oxygen with home filling
${range('K', 800, 802, 'power operated vehicle, group 1')}
${range('K', 806, 808, 'power operated vehicle, group 2')}
${range('K', 813, 816, 'power wheelchair, group 1')}
${range('K', 820, 829, 'power wheelchair, group 2')}
${range('K', 835, 843, 'power wheelchair, group 2, power option')}
${range('K', 848, 864, 'power wheelchair, group 3')}
L0631 lumbar-sacral orthosis, rigid front and back, fitted
L0637 lumbar-sacral orthosis, rigid frame, fitted
L0639 lumbar-sacral orthosis, rigid shell, fitted
L0648 lumbar-sacral orthosis, rigid front and back, off the shelf
L0650 lumbar-sacral orthosis, rigid frame, off the shelf
L1832 knee orthosis, adjustable joints, fitted
L1833 knee orthosis, adjustable joints, off the shelf
L1843 knee orthosis, one upright, fitted
L1845 knee orthosis, two uprights, fitted
L1851 knee orthosis, one upright, off the shelf
L1951 ankle foot orthosis, spiral, fitted
L5856 knee-shin microprocessor, swing and stance
L5857 knee-shin microprocessor, swing only
L5858 knee-shin microprocessor, stance only
L5973 ankle-foot microprocessor system
L5980 flex foot system
L5987 shank foot system with vertical loading pylon
`

/** A range of codes that differ only by model. */
function range(letter: string, from: number, to: number, words: string): string {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const code = `${letter}${`${from + index}`.padStart(4, '0')}`
    return `${code} ${words} (${code})`
  }).join('\n')
}
