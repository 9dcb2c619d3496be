/** Procedures of Medicare's outpatient prior authorization list that no other table contains, in our own wording. */
export const surgery = `
15820 lower eyelid surgery
15821 lower eyelid surgery with extensive fat pad
15822 upper eyelid surgery
15823 upper eyelid surgery with excessive skin
15830 removal of excess abdominal skin
15847 removal of excess abdominal skin, added
15877 liposuction of the trunk
20912 nasal septum cartilage graft
21210 facial bone graft
30400 rhinoplasty, primary, cartilage and tip
30410 rhinoplasty, primary, complete
30420 rhinoplasty, primary, with septal repair
30430 rhinoplasty, secondary, minor
30435 rhinoplasty, secondary, intermediate
30450 rhinoplasty, secondary, major
30460 rhinoplasty for cleft, tip only
30462 rhinoplasty for cleft, tip and septum
30465 repair of nasal vestibular stenosis
30520 septoplasty
36473 mechanochemical vein ablation, first vein
36474 mechanochemical vein ablation, further veins
36475 radiofrequency vein ablation, first vein
36476 radiofrequency vein ablation, further veins
36478 laser vein ablation, first vein
36479 laser vein ablation, further veins
36482 adhesive vein ablation, first vein
36483 adhesive vein ablation, further veins
64612 chemodenervation of facial muscles, one side
64615 chemodenervation for chronic migraine
67900 brow ptosis repair
67901 eyelid ptosis repair, frontalis with material
67902 eyelid ptosis repair, frontalis with fascia
67903 eyelid ptosis repair, levator, inside approach
67904 eyelid ptosis repair, levator, outside approach
67906 eyelid ptosis repair, superior rectus
67908 eyelid ptosis repair, conjunctivo-tarso-Muller
67911 correction of eyelid retraction
`
