import { examine } from "../live/doctor/doctor";
import { command, run } from "./command-line";
import { reportLive, withLiveOptions, type LiveOptions } from "./live";

const doctor = withLiveOptions(command("doctor")).action((options: LiveOptions) => reportLive(options, examine));

void run(doctor);
