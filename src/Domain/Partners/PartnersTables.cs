using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>The rows of partners and of our own companies, and every lock on them.</summary>
internal static class PartnersTables
{
    public static Task<KnownCurrency?> FindCurrencyAsync(this PlatformDb db, string? code, CancellationToken ct) =>
        db.Set<KnownCurrency>().SingleOrDefaultAsync(currency => currency.Code == code, ct);

    public static Task<ExchangeRate?> FindRateOfDayAsync(
        this PlatformDb db, string from, string to, DateOnly day, CancellationToken ct) =>
        db.Set<ExchangeRate>().SingleOrDefaultAsync(
            rate => rate.FromCurrency == from && rate.ToCurrency == to && rate.ValidFrom == day, ct);

    /// <summary>At most one rate of each direction: the newest on or before the day.</summary>
    public static Task<List<ExchangeRate>> FindNewestRatesAsync(
        this PlatformDb db, string from, string to, DateOnly day, CancellationToken ct) =>
        db.Set<ExchangeRate>()
            .FromSql(
                $"""
                select distinct on (from_currency) * from exchange_rate
                where valid_from <= {day}
                  and ((from_currency = {from} and to_currency = {to}) or (from_currency = {to} and to_currency = {from}))
                order by from_currency, valid_from desc
                """)
            .AsNoTracking()
            .ToListAsync(ct);

    public static Task<ExchangeRate?> LockRateAsync(this PlatformDb db, ExchangeRateId id, CancellationToken ct) =>
        db.Set<ExchangeRate>()
            .FromSql($"select * from exchange_rate where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<bool> IsLegalEntityCodeTakenAsync(this PlatformDb db, string code, CancellationToken ct) =>
        db.Set<LegalEntity>().AnyAsync(entity => entity.Code == code, ct);

    public static Task<LegalEntity?> LockLegalEntityAsync(
        this PlatformDb db, LegalEntityId id, CancellationToken ct) =>
        db.Set<LegalEntity>()
            .FromSql($"select * from legal_entity where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    /// <summary>Keeps the entity as it is until the end, beside others who do the same.</summary>
    public static Task<LegalEntity?> ShareLegalEntityAsync(
        this PlatformDb db, LegalEntityId id, CancellationToken ct) =>
        db.Set<LegalEntity>()
            .FromSql($"select * from legal_entity where id = {id.Value} for share")
            .SingleOrDefaultAsync(ct);

    public static async Task<HashSet<string>> PartnerCodesTakenAsync(
        this PlatformDb db, IReadOnlyList<string> codes, CancellationToken ct)
    {
        var taken = await db.Set<Partner>()
            .Where(partner => codes.Contains(partner.Code))
            .Select(partner => partner.Code)
            .ToListAsync(ct);
        return taken.ToHashSet(StringComparer.Ordinal);
    }

    public static Task LockPartnerImportAsync(this PlatformDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.PartnerImport})", ct);

    /// <summary>A new partner with its history's first line and its event.</summary>
    public static void AddPartner(this PlatformDb db, PartnerCreated created, Envelope envelope)
    {
        db.Add(Partner.Create(created));
        db.RegisterChange(
            new Changed(
                RecordKind.Partner, created.Partner.Value, FieldGroup.Identity, BaseVersion: 0, Before: null, created,
                Reason: null),
            envelope);
        db.Raise(created);
    }

    public static Task<Partner?> LockPartnerAsync(this PlatformDb db, PartnerId id, CancellationToken ct) =>
        db.Set<Partner>().FromSql($"select * from partner where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    /// <summary>Keeps the partner as it is until the end, beside others who do the same.</summary>
    public static Task<Partner?> SharePartnerAsync(this PlatformDb db, PartnerId id, CancellationToken ct) =>
        db.Set<Partner>().FromSql($"select * from partner where id = {id.Value} for share").SingleOrDefaultAsync(ct);

    public static Task<Supplier?> FindSupplierAsync(this PlatformDb db, SupplierId id, CancellationToken ct) =>
        db.Set<Supplier>().SingleOrDefaultAsync(supplier => supplier.Id == id, ct);

    public static Task<Supplier?> LockSupplierAsync(this PlatformDb db, SupplierId id, CancellationToken ct) =>
        db.Set<Supplier>().FromSql($"select * from supplier where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<Customer?> FindCustomerAsync(this PlatformDb db, CustomerId id, CancellationToken ct) =>
        db.Set<Customer>().SingleOrDefaultAsync(customer => customer.Id == id, ct);

    public static Task<Customer?> LockCustomerAsync(this PlatformDb db, CustomerId id, CancellationToken ct) =>
        db.Set<Customer>().FromSql($"select * from customer where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static async Task<List<CustomerId>> FindUnknownCustomersAsync(
        this PlatformDb db, IReadOnlyList<CustomerId> customers, CancellationToken ct)
    {
        var known = await db.Set<Customer>()
            .Where(customer => customers.Contains(customer.Id))
            .Select(customer => customer.Id)
            .ToListAsync(ct);
        return customers.Except(known).ToList();
    }

    /// <summary>The partner, then the record of the wanted role: always in this order.</summary>
    public static async Task<Result<PartnerRows>> LockPartnerRecordAsync(
        this PlatformDb db, PartnerId id, RecordKind role, CancellationToken ct)
    {
        var partner = await db.LockPartnerAsync(id, ct);
        if (partner is null)
        {
            return new PartnerNotFound(id);
        }

        switch (role)
        {
            case RecordKind.Supplier:
                var supplier = await db.LockSupplierAsync(new SupplierId(id.Value), ct);
                return supplier is null
                    ? new SupplierNotFound(new SupplierId(id.Value))
                    : new PartnerRows(partner, supplier);
            case RecordKind.Customer:
                var customer = await db.LockCustomerAsync(new CustomerId(id.Value), ct);
                return customer is null
                    ? new CustomerNotFound(new CustomerId(id.Value))
                    : new PartnerRows(partner, customer);
            default:
                return new PartnerRows(partner, partner);
        }
    }

    public static Task<Owner?> FindOwnerAsync(
        this PlatformDb db, LegalEntityId entity, OwnerKind kind, PartnerId partner, CancellationToken ct) =>
        db.Set<Owner>().SingleOrDefaultAsync(
            owner => owner.LegalEntityId == entity && owner.Kind == kind && owner.PartnerId == partner, ct);

    public static Task<Owner?> LockOwnerAsync(this PlatformDb db, OwnerId id, CancellationToken ct) =>
        db.Set<Owner>().FromSql($"select * from owner where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);
}

/// <summary>A partner and the record of it that is to change.</summary>
internal sealed record PartnerRows(Partner Partner, IPartnerRecord Record);

internal sealed class KnownCurrencyMapping : IEntityTypeConfiguration<KnownCurrency>
{
    public void Configure(EntityTypeBuilder<KnownCurrency> builder)
    {
        builder.ToTable("currency").HasKey(currency => currency.Code);
        builder.Property(currency => currency.Digits).HasColumnType("smallint");
        builder.Property(currency => currency.Version).IsConcurrencyToken();
    }
}

internal sealed class ExchangeRateMapping : IEntityTypeConfiguration<ExchangeRate>
{
    public void Configure(EntityTypeBuilder<ExchangeRate> builder)
    {
        builder.ToTable("exchange_rate").HasKey(rate => rate.Id);
        builder.Property(rate => rate.Id).ValueGeneratedNever();
        builder.Property(rate => rate.Rate).HasPrecision(28, 10);
        builder.Property(rate => rate.Version).IsConcurrencyToken();
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(rate => rate.FromCurrency);
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(rate => rate.ToCurrency);
    }
}

internal sealed class LegalEntityMapping : IEntityTypeConfiguration<LegalEntity>
{
    public void Configure(EntityTypeBuilder<LegalEntity> builder)
    {
        builder.ToTable("legal_entity").HasKey(entity => entity.Id);
        builder.Property(entity => entity.Id).ValueGeneratedNever();
        builder.Property(entity => entity.Version).IsConcurrencyToken();
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(entity => entity.CurrencyCode);
    }
}

internal sealed class PartnerMapping : IEntityTypeConfiguration<Partner>
{
    public void Configure(EntityTypeBuilder<Partner> builder)
    {
        builder.ToTable("partner").HasKey(partner => partner.Id);
        builder.Property(partner => partner.Id).ValueGeneratedNever();
        builder.Property(partner => partner.Version).IsConcurrencyToken();
    }
}

// A supplier's or customer's id is its partner's; their types differ, so EF is told of no relation and the database keeps it.
internal sealed class SupplierMapping : IEntityTypeConfiguration<Supplier>
{
    public void Configure(EntityTypeBuilder<Supplier> builder)
    {
        builder.ToTable("supplier").HasKey(supplier => supplier.Id);
        builder.Property(supplier => supplier.Id).ValueGeneratedNever();
        builder.Property(supplier => supplier.MinimumOrder).HasPrecision(19, 4);
        builder.Property(supplier => supplier.Version).IsConcurrencyToken();
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(supplier => supplier.CurrencyCode);
    }
}

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customer").HasKey(customer => customer.Id);
        builder.Property(customer => customer.Id).ValueGeneratedNever();
        builder.Property(customer => customer.CreditLimit).HasPrecision(19, 4);
        builder.Property(customer => customer.Version).IsConcurrencyToken();
        builder.HasOne<KnownCurrency>().WithMany().HasForeignKey(customer => customer.CurrencyCode);
    }
}

internal sealed class OwnerMapping : IEntityTypeConfiguration<Owner>
{
    public void Configure(EntityTypeBuilder<Owner> builder)
    {
        builder.ToTable("owner").HasKey(owner => owner.Id);
        builder.Property(owner => owner.Id).ValueGeneratedNever();
        builder.Property(owner => owner.Version).IsConcurrencyToken();
        builder.HasOne<LegalEntity>().WithMany().HasForeignKey(owner => owner.LegalEntityId);
        builder.HasOne<Partner>().WithMany().HasForeignKey(owner => owner.PartnerId);
    }
}

internal sealed class PartnersServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddScoped<ExchangeRates>();
}
