/** What to do where there is Terraform code and no plan of it. */
export const planFirst =
  'Run `terraform plan -out plan.bin`, then `terraform show -json plan.bin > plan.json`, and check plan.json.';
