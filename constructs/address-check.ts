import type { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

export interface AddressCheckProps {
  /** Names the check. */
  readonly workload: string;
  /** Name of the Service, of type LoadBalancer. */
  readonly name: string;
  readonly service: ServiceV1;
}

/**
 * Makes every plan and apply warn as long as a Service has no address. The provider waits for one on create alone: a Service that became a
 * load balancer later, or has lost its address, would never be spoken of again. It only warns, since on a change the address comes a
 * minute after the apply.
 */
export class AddressCheck extends Construct {
  constructor(scope: Construct, id: string, { workload, name, service }: AddressCheckProps) {
    super(scope, id);
    TerraformStack.of(this).addOverride(`check.address_${workload}`, {
      assert: [
        {
          condition: `\${try(length(${service.fqn}.status[0].load_balancer[0].ingress), 0) > 0}`,
          error_message: `Service ${name} has no address: nothing has given it one yet. If the next plan says so as well, ask the cluster: kubectl describe service ${name}.`,
        },
      ],
    });
  }
}
