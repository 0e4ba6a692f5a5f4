// The application of cdktf.json: what `acr-pull synth` does, with its choices from ENVIRONMENTS and CLUSTERS.
import "./commands/synth";
