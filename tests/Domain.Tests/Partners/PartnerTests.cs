using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Partners;

public sealed class PartnerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly PartnerIdentity Acme = new("Acme", null, null, "DE", "sales@acme.example", null, IsCarrier: false);
    private static readonly SupplierTerms Terms = new("EUR", 30, 100m, 14);
    private static readonly CustomerService Service =
        new(CustomerTier.Key, "retail", 2, ShippingPreference.ShipComplete, SubstituteAcceptance.AfterApproval, "GS1-128");
    private static readonly CustomerCredit Credit = new("EUR", 30, 5000m);

    public static TheoryData<string, PartnerIdentity> WrongIdentities => new()
    {
        { "name", Acme with { Name = "" } },
        { "legalName", Acme with { LegalName = " x" } },
        { "taxNumber", Acme with { TaxNumber = new string('9', 41) } },
        { "country", Acme with { Country = "Germany" } },
        { "email", Acme with { Email = "nobody" } },
        { "email", Acme with { Email = "@acme" } },
        { "email", Acme with { Email = "a b@c" } },
        { "phone", Acme with { Phone = "\u0007" } },
    };

    [Theory]
    [MemberData(nameof(WrongIdentities))]
    public void A_partner_is_refused_naming_the_field(string field, PartnerIdentity identity) =>
        CreatePartnerHandler.Decide(new CreatePartner("P", identity), default, codeIsTaken: false, default).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe(field);

    public static TheoryData<string, PartnerChange> WrongChanges => new()
    {
        { "currency", Terms with { Currency = "eur" } },
        { "paymentTermsDays", Terms with { PaymentTermsDays = -1 } },
        { "paymentTermsDays", Terms with { PaymentTermsDays = 366 } },
        { "minimumOrder", Terms with { MinimumOrder = 0m } },
        { "leadTimeDays", Terms with { LeadTimeDays = 731 } },
        { "tier", Service with { Tier = (CustomerTier)9 } },
        { "segment", Service with { Segment = "" } },
        { "serviceDays", Service with { ServiceDays = 366 } },
        { "shipping", Service with { Shipping = (ShippingPreference)9 } },
        { "substitutes", Service with { Substitutes = (SubstituteAcceptance)9 } },
        { "labelRule", Service with { LabelRule = "x\0" } },
        { "currency", Credit with { Currency = "EURO" } },
        { "creditLimit", Credit with { CreditLimit = -0.01m } },
    };

    [Theory]
    [MemberData(nameof(WrongChanges))]
    public void A_change_of_a_partner_is_refused_naming_the_field(string field, PartnerChange change) =>
        change.Check().ShouldNotBeNull().Field.ShouldBe(field);

    [Theory]
    //          state                 step                      to
    [InlineData(Onboarding.Candidate, OnboardingStep.Approve,   Onboarding.Approved)]
    [InlineData(Onboarding.Candidate, OnboardingStep.Suspend,   null)]
    [InlineData(Onboarding.Candidate, OnboardingStep.Reinstate, null)]
    [InlineData(Onboarding.Approved,  OnboardingStep.Approve,   null)]
    [InlineData(Onboarding.Approved,  OnboardingStep.Suspend,   Onboarding.Suspended)]
    [InlineData(Onboarding.Approved,  OnboardingStep.Reinstate, null)]
    [InlineData(Onboarding.Suspended, OnboardingStep.Approve,   null)]
    [InlineData(Onboarding.Suspended, OnboardingStep.Suspend,   null)]
    [InlineData(Onboarding.Suspended, OnboardingStep.Reinstate, Onboarding.Approved)]
    public void Onboarding_knows_its_steps_CAT_14(Onboarding state, OnboardingStep step, Onboarding? to)
    {
        var supplier = SupplierIn(state);

        OnboardingSteps.Decide(supplier, supplier.Version, step)
            .ShouldBe(to is null ? new WrongOnboarding(supplier.Id, state, step) : null);
        (Supplier.Steps.TryGetValue((state, step), out var next) ? next : (Onboarding?)null).ShouldBe(to);
        (supplier.RefuseOrders() is null).ShouldBe(state == Onboarding.Approved);
    }

    [Fact]
    public async Task A_supplier_is_a_candidate_until_somebody_approves_it_with_a_reason()
    {
        // given
        var partner = await database.PartnerAsync();
        var supplier = (await database.RunAsync(new RegisterSupplier(partner, Terms))).Value.Supplier;

        // when, then
        (await database.RunAsync(new RegisterSupplier(partner, Terms))).Error.ShouldBe(new AlreadySupplier(partner));
        (await database.RunAsync(new ApproveSupplier(supplier, Version: 1, " "))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("reason");
        (await database.RunAsync(new ApproveSupplier(supplier, Version: 2, "ok"))).Error.ShouldBe(new StaleVersion("Supplier", supplier.Value, 2, 1));
        (await database.RunAsync(new ApproveSupplier(supplier, Version: 1, "audited"))).Value.ShouldBe(new SupplierApproved(supplier, 2, "audited"));
        (await database.RunAsync(new SuspendSupplier(supplier, Version: 2, "late"))).Error.ShouldBeNull();
        (await database.RunAsync(new ReinstateSupplier(supplier, Version: 3, "better"))).Error.ShouldBeNull();
        (await database.LookAsync(db => db.Set<Supplier>().SingleAsync(s => s.Id == supplier))).Onboarding.ShouldBe(Onboarding.Approved);
        (await HistoryAsync(RecordKind.Supplier, supplier.Value)).ShouldBe(4);
    }

    [Fact]
    public async Task Sixteen_registrations_make_one_supplier()
    {
        var partner = await database.PartnerAsync();

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => database.RunAsync(new RegisterSupplier(partner, Terms)));

        hammered.Succeeded.ShouldBe(1);
        hammered.Results.Count(result => Equals(result.Error, new AlreadySupplier(partner))).ShouldBe(Hammer.Width - 1);
    }

    [Fact]
    public async Task Money_of_a_partner_is_in_whole_coins_of_a_currency_in_use()
    {
        var partner = await database.PartnerAsync();
        var before = await database.TracesAsync();

        (await database.RunAsync(new RegisterSupplier(partner, Terms with { Currency = "XXX" }))).Error.ShouldBe(new CurrencyUnknown("XXX"));
        (await database.RunAsync(new RegisterSupplier(partner, Terms with { Currency = "JPY", MinimumOrder = 0.5m }))).Error
            .ShouldBe(new AmountFinerThanCurrency("minimumOrder", 0.5m, "JPY", 0));
        (await database.RunAsync(new RegisterCustomer(partner, Service, Credit with { Currency = "KWD", CreditLimit = 1.2345m }))).Error
            .ShouldBe(new AmountFinerThanCurrency("creditLimit", 1.2345m, "KWD", 3));
        (await database.RunAsync(new RegisterCustomer(new PartnerId(Guid.Empty), Service, Credit))).Error
            .ShouldBe(new PartnerNotFound(new PartnerId(Guid.Empty)));

        (await database.TracesAsync()).ShouldBe(before);
        (await database.RunAsync(new RegisterCustomer(partner, Service, Credit with { Currency = "KWD", CreditLimit = 1.234m }))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_credit_hold_stops_deliveries_until_released_CAT_17()
    {
        var customer = await database.CustomerAsync();
        (await CustomerAsync(customer)).RefuseDelivery().ShouldBeNull();

        (await database.RunAsync(new ReleaseCreditHold(customer, Version: 1, "x"))).Error.ShouldBe(new CustomerNotOnHold(customer));
        (await database.RunAsync(new PlaceCreditHold(customer, Version: 1, "overdue"))).Error.ShouldBeNull();
        (await CustomerAsync(customer)).RefuseDelivery().ShouldBe(new CustomerOnCreditHold(customer, "overdue"));
        (await database.RunAsync(new PlaceCreditHold(customer, Version: 2, "more"))).Error.ShouldBe(new CustomerOnCreditHold(customer, "overdue"));
        (await database.RunAsync(new ReleaseCreditHold(customer, Version: 2, "paid"))).Error.ShouldBeNull();
        (await CustomerAsync(customer)).RefuseDelivery().ShouldBeNull();
    }

    [Fact]
    public async Task A_partner_in_every_role_changes_group_by_group_with_the_version_of_the_role()
    {
        var customer = await database.CustomerAsync();
        var partner = new PartnerId(customer.Value);
        await database.RunAsync(new RegisterSupplier(partner, Terms));

        (await ChangeAsync(partner, 1, Acme with { Name = "Acme & Sons" })).Value.Version.ShouldBe(2);
        (await ChangeAsync(partner, 1, Service)).Value.Version.ShouldBe(2);
        (await ChangeAsync(partner, 2, Credit)).Value.Version.ShouldBe(3);
        (await ChangeAsync(partner, 1, Terms with { LeadTimeDays = 21 })).Value.Version.ShouldBe(2);
        (await ChangeAsync(partner, 1, Terms)).Error.ShouldBe(new StaleVersion("Supplier", partner.Value, 1, 2));
        var plain = await database.PartnerAsync();
        (await ChangeAsync(plain, 1, Terms)).Error.ShouldBe(new SupplierNotFound(new SupplierId(plain.Value)));
        (await ChangeAsync(plain, 1, Credit)).Error.ShouldBe(new CustomerNotFound(new CustomerId(plain.Value)));

        var stored = await database.LookAsync(db => db.Set<Partner>().SingleAsync(p => p.Id == partner));
        stored.Identity().ShouldBe(Acme with { Name = "Acme & Sons" });
        (await CustomerAsync(customer)).Service().ShouldBe(Service);
        (await CustomerAsync(customer)).Credit().ShouldBe(Credit);
    }

    [Fact]
    public async Task Owners_say_whose_goods_are_and_each_exists_once()
    {
        // given
        var entity = await database.LegalEntityAsync("EUR");
        var supplier = new PartnerId((await database.SupplierAsync()).Value);
        var own = await database.LookAsync(db => db.Set<Owner>().SingleAsync(owner => owner.LegalEntityId == entity));
        (own.Id, own.Kind).ShouldBe((Owner.OwnOf(entity), OwnerKind.Own)); // came with the entity

        // when
        var hammered = await Hammer.FireAsync(
            Hammer.Width, _ => database.RunAsync(new CreateOwner(entity, OwnerKind.SupplierConsigned, supplier)));

        // then
        hammered.Succeeded.ShouldBe(1);
        var owner = hammered.Results.First(result => result.Error is null).Value.Owner;
        hammered.Results.Count(result => Equals(result.Error, new OwnerExists(owner))).ShouldBe(Hammer.Width - 1);
        (await OwnerErrorAsync(entity, OwnerKind.Own, supplier)).ShouldBe(new OwnOwnerIsFixed(entity));
        (await OwnerErrorAsync(entity, OwnerKind.CustomerOwned, supplier)).ShouldBe(new OwnerNeedsRole(supplier, OwnerKind.CustomerOwned));
        (await database.RunAsync(new RetireOwner(Owner.OwnOf(entity), Version: 1, "no"))).Error.ShouldBe(new OwnOwnerIsFixed(entity));
        (await database.RunAsync(new RetireOwner(owner, Version: 1, "ended"))).Error.ShouldBeNull();
        (await database.RunAsync(new RetireOwner(owner, Version: 2, "ended"))).Error.ShouldBe(new OwnerIsRetired(owner));
    }

    [Fact]
    public async Task An_import_of_partners_leaves_out_what_is_wrong()
    {
        var (good, half) = (MasterData.Code("IMP"), MasterData.Code("IMP"));
        CreatePartner[] lines = [new(good, Acme), new(half, Acme with { Email = "nobody", Phone = "" }), new("bad code", Acme)];

        var imported = (await database.RunAsync(new ImportPartners(lines, ImportPolicy.IgnoreFailed))).Value;

        (imported.Landed, imported.Refused).ShouldBe((2, 1));
        imported.Lines[1].Problems.Select(problem => problem.Field).ShouldBe(["email", "phone"]);
        imported.Lines[2].Problems.ShouldHaveSingleItem().Field.ShouldBe("code");
        (await database.RunAsync(new ImportPartners(lines, ImportPolicy.RejectFailedRows))).Value.Landed.ShouldBe(0); // taken by now
    }

    private static Supplier SupplierIn(Onboarding state)
    {
        var supplier = Supplier.Create(new SupplierRegistered(new SupplierId(Guid.CreateVersion7()), Terms), default);
        if (state != Onboarding.Candidate)
        {
            supplier.Apply(OnboardingStep.Approve, "ok", default);
        }

        if (state == Onboarding.Suspended)
        {
            supplier.Apply(OnboardingStep.Suspend, "late", default);
        }

        return supplier;
    }

    private Task<Result<PartnerChangeRecorded>> ChangeAsync(PartnerId partner, int version, PartnerChange change) =>
        database.RunAsync(new ChangePartner(partner, version, change, null), MasterData.Steward);

    private Task<Customer> CustomerAsync(CustomerId id) => database.LookAsync(db => db.Set<Customer>().SingleAsync(c => c.Id == id));

    private async Task<DomainError?> OwnerErrorAsync(LegalEntityId entity, OwnerKind kind, PartnerId partner) =>
        (await database.RunAsync(new CreateOwner(entity, kind, partner))).Error;

    private async Task<int> HistoryAsync(RecordKind kind, Guid id) =>
        (await database.LookAsync(db => new RecordHistory(db).OfAsync(kind, id, null, 50, default))).Count;
}
