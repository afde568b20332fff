// The bare words of the Core Business Vocabulary 2.0, and the Web URIs that they stand for (CBV 2.0, section 7).

/** A vocabulary whose standard values are written as bare words in JSON. */
export interface Vocabulary {
  readonly words: ReadonlySet<string>;
  /** Before the word in its Web URI. */
  readonly base: string;
  /** Of the older URN form; absent where there is none. */
  readonly urn?: string;
}

const cbv = "https://ref.gs1.org/cbv/";
const voc = "https://gs1.org/voc/";

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

export const vocabularies = {
  bizStep: {
    base: `${cbv}BizStep-`,
    urn: "urn:epcglobal:cbv:bizstep:",
    words:
      words(`accepting arriving assembling collecting commissioning consigning creating_class_instance
      cycle_counting decommissioning departing destroying disassembling dispensing encoding entering_exiting holding
      inspecting installing killing loading other packing picking receiving removing repackaging repairing replacing
      reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing
      transporting unloading unpacking void_shipping`),
  },
  disposition: {
    base: `${cbv}Disp-`,
    urn: "urn:epcglobal:cbv:disp:",
    words:
      words(`active available completeness_inferred completeness_verified conformant container_closed
      container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit inactive
      mismatch_class mismatch_instance mismatch_quantity needs_replacement no_pedigree_match non_conformant
      non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible
      sellable_not_accessible stolen unavailable unknown`),
  },
  bizTransactionType: {
    base: `${cbv}BTT-`,
    urn: "urn:epcglobal:cbv:btt:",
    words: words(`bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt`),
  },
  sourceOrDestinationType: {
    base: `${cbv}SDT-`,
    urn: "urn:epcglobal:cbv:sdt:",
    words: words(`location owning_party possessing_party`),
  },
  errorReason: {
    base: `${cbv}ER-`,
    urn: "urn:epcglobal:cbv:er:",
    words: words(`did_not_occur incorrect_data`),
  },
  component: {
    base: `${cbv}Comp-`,
    words:
      words(`x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing
      latitude longitude altitude`),
  },
  measurementType: {
    base: voc,
    words:
      words(`AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance
      AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance
      Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity
      ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency
      Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux
      LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate
      MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux
      RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed
      SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction
      VolumetricFlux Wavenumber`),
  },
  sensorAlertType: { base: voc, words: words(`ALARM_CONDITION ERROR_CONDITION`) },
} satisfies Record<string, Vocabulary>;

export type VocabularyName = keyof typeof vocabularies;

/** A bare word becomes its Web URI; anything else stays. */
export function spelledOut(name: VocabularyName, value: string): string {
  const { base, words: known }: Vocabulary = vocabularies[name];
  return known.has(value) ? `${base}${value}` : value;
}

/** A Web URI of the standard becomes its bare word; anything else stays. */
export function asBareWord(name: VocabularyName, uri: string): string {
  const { base, words: known }: Vocabulary = vocabularies[name];
  const word = uri.startsWith(base) ? uri.slice(base.length) : "";
  return known.has(word) ? word : uri;
}

const urnForms = Object.values(vocabularies).flatMap((vocabulary: Vocabulary) =>
  vocabulary.urn === undefined ? [] : [[vocabulary.urn, vocabulary.base] as const],
);

/** The older URN form of a standard value becomes its Web URI; anything else stays. */
export function asWebUri(value: string): string {
  if (!value.startsWith("urn:epcglobal:cbv:")) return value;
  const form = urnForms.find(([urn]) => value.startsWith(urn));
  return form === undefined ? value : `${form[1]}${value.slice(form[0].length)}`;
}
