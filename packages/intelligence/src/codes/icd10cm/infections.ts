/**
 * Infections that rule out a biologic or require an operation. Read on a coder's page: L03.31A. The rest is from
 * memory of the tabular list, as are the first days: L03.213 FY2017, A41.54 and J15.6x FY2024, L03.31A and
 * L03.32A FY2026.
 */
export const infections = `
A15 respiratory tuberculosis
A15.0 tuberculosis of the lung
A15.4 tuberculosis of lymph nodes in the chest
A15.5 tuberculosis of the larynx, trachea and bronchus
A15.6 tuberculous pleurisy
A15.7 primary respiratory tuberculosis
A15.8 other respiratory tuberculosis
A15.9 respiratory tuberculosis, unspecified
A40 streptococcal sepsis
A40.0 sepsis from group A streptococcus
A40.1 sepsis from group B streptococcus
A40.3 sepsis from pneumococcus
A40.8 other streptococcal sepsis
A40.9 streptococcal sepsis, unspecified
A41 other sepsis
A41.0 sepsis from Staphylococcus aureus
A41.01 sepsis from methicillin-susceptible Staphylococcus aureus
A41.02 sepsis from methicillin-resistant Staphylococcus aureus
A41.1 sepsis from another staphylococcus
A41.2 sepsis from an unspecified staphylococcus
A41.3 sepsis from Haemophilus influenzae
A41.4 sepsis from anaerobes
A41.5 sepsis from other gram-negative organisms
A41.50 gram-negative sepsis, unspecified
A41.51 sepsis from Escherichia coli
A41.52 sepsis from Pseudomonas
A41.53 sepsis from Serratia
A41.54 sepsis from Acinetobacter baumannii @2023-10-01
A41.59 other gram-negative sepsis
A41.8 other sepsis, specified
A41.81 sepsis from Enterococcus
A41.89 other sepsis, not elsewhere classified
A41.9 sepsis, unspecified
J13 pneumococcal pneumonia
J14 pneumonia from Haemophilus influenzae
J15 bacterial pneumonia, not elsewhere classified
J15.0 pneumonia from Klebsiella
J15.1 pneumonia from Pseudomonas
J15.2 staphylococcal pneumonia
J15.20 staphylococcal pneumonia, unspecified
J15.21 pneumonia from Staphylococcus aureus
J15.211 pneumonia from methicillin-susceptible Staphylococcus aureus
J15.212 pneumonia from methicillin-resistant Staphylococcus aureus
J15.29 pneumonia from another staphylococcus
J15.3 pneumonia from group B streptococcus
J15.4 pneumonia from other streptococci
J15.5 pneumonia from Escherichia coli
J15.6 pneumonia from other gram-negative bacteria
J15.61 pneumonia from Acinetobacter baumannii @2023-10-01
J15.69 pneumonia from other gram-negative bacteria, specified @2023-10-01
J15.7 pneumonia from Mycoplasma
J15.8 other bacterial pneumonia
J15.9 bacterial pneumonia, unspecified
J18 pneumonia, organism unspecified
J18.0 bronchopneumonia, organism unspecified
J18.1 lobar pneumonia, organism unspecified
J18.2 hypostatic pneumonia, organism unspecified
J18.8 other pneumonia, organism unspecified
J18.9 pneumonia, unspecified
L03 cellulitis and acute lymphangitis
L03.0 cellulitis and acute lymphangitis of a finger or toe
L03.01<RL9> cellulitis, * finger
L03.02<RL9> acute lymphangitis, * finger
L03.03<RL9> cellulitis, * toe
L03.04<RL9> acute lymphangitis, * toe
L03.1 cellulitis and acute lymphangitis of another part of a limb
${limbs('L03.11', 'cellulitis')}
${limbs('L03.12', 'acute lymphangitis')}
L03.2 cellulitis and acute lymphangitis of the face and neck
L03.21 cellulitis and acute lymphangitis of the face
L03.211 cellulitis of the face
L03.212 acute lymphangitis of the face
L03.213 periorbital cellulitis @2016-10-01
L03.22 cellulitis and acute lymphangitis of the neck
L03.221 cellulitis of the neck
L03.222 acute lymphangitis of the neck
L03.3 cellulitis and acute lymphangitis of the trunk
${trunk('L03.31', 'cellulitis')}
${trunk('L03.32', 'acute lymphangitis')}
L03.8 cellulitis and acute lymphangitis of other sites
L03.81 cellulitis of other sites
L03.811 cellulitis of the head
L03.818 cellulitis of other sites, specified
L03.89 acute lymphangitis of other sites
L03.891 acute lymphangitis of the head
L03.898 acute lymphangitis of other sites, specified
L03.9 cellulitis and acute lymphangitis, unspecified
L03.90 cellulitis, unspecified
L03.91 acute lymphangitis, unspecified
M00 pyogenic arthritis
M00.0<jointsAndSpine> staphylococcal arthritis
M00.1<jointsAndSpine> pneumococcal arthritis
M00.2<jointsAndSpine> other streptococcal arthritis
M00.8<jointsAndSpine> arthritis from other bacteria
M00.9 pyogenic arthritis, unspecified
M86 osteomyelitis
M86.0<bones> acute hematogenous osteomyelitis
M86.1<bones> other acute osteomyelitis
M86.2<bones> subacute osteomyelitis
M86.3<bones> chronic multifocal osteomyelitis
M86.4<bones> chronic osteomyelitis with draining sinus
M86.5<bones> other chronic hematogenous osteomyelitis
M86.6<bones> other chronic osteomyelitis
M86.8 other osteomyelitis
M86.8X other osteomyelitis
M86.8X0 other osteomyelitis, multiple sites
M86.8X1 other osteomyelitis, shoulder
M86.8X2 other osteomyelitis, upper arm
M86.8X3 other osteomyelitis, forearm
M86.8X4 other osteomyelitis, hand
M86.8X5 other osteomyelitis, thigh
M86.8X6 other osteomyelitis, lower leg
M86.8X7 other osteomyelitis, ankle and foot
M86.8X8 other osteomyelitis, other site
M86.8X9 other osteomyelitis, unspecified site
M86.9 osteomyelitis, unspecified
N10 acute pyelonephritis
R78.8 other abnormal findings in blood
R78.81 bacteremia
R78.89 other abnormal finding in blood
T84.5 infection of an artificial joint
T84.50:ADS infection of an unspecified artificial joint
T84.51=R:ADS infection of the artificial right hip joint
T84.52=L:ADS infection of the artificial left hip joint
T84.53=R:ADS infection of the artificial right knee joint
T84.54=L:ADS infection of the artificial left knee joint
T84.59:ADS infection of another artificial joint
`

function limbs(subcategory: string, name: string): string {
  return `
${subcategory} ${name} of another part of a limb
${subcategory}1=R ${name} of the right axilla
${subcategory}2=L ${name} of the left axilla
${subcategory}3=R ${name} of the right arm
${subcategory}4=L ${name} of the left arm
${subcategory}5=R ${name} of the right leg
${subcategory}6=L ${name} of the left leg
${subcategory}9 ${name} of an unspecified part of a limb
`
}

function trunk(subcategory: string, name: string): string {
  return `
${subcategory} ${name} of the trunk
${subcategory}1 ${name} of the abdominal wall
${subcategory}2 ${name} of the back
${subcategory}3 ${name} of the chest wall
${subcategory}4 ${name} of the groin
${subcategory}5 ${name} of the perineum
${subcategory}6 ${name} of the umbilicus
${subcategory}7 ${name} of the buttock
${subcategory}9 ${name} of the trunk, unspecified
${subcategory}A ${name} of the flank @2025-10-01
`
}
