using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

internal sealed class BulkJobMapping : IEntityTypeConfiguration<BulkJob>
{
    public void Configure(EntityTypeBuilder<BulkJob> builder)
    {
        builder.ToTable("bulk_job").HasKey(job => job.Id);
        builder.Property(job => job.Id).ValueGeneratedNever();
        builder.Property(job => job.Permissions).HasColumnType("text[]");
        builder.Property(job => job.Version).IsConcurrencyToken();
        builder.Ignore(job => job.IsOpen);
    }
}

internal sealed class BulkFileMapping : IEntityTypeConfiguration<BulkFile>
{
    public void Configure(EntityTypeBuilder<BulkFile> builder)
    {
        builder.ToTable("bulk_file").HasKey(file => file.Id);
        builder.Property(file => file.Id).ValueGeneratedNever();
        builder.Property(file => file.Columns).HasColumnType("text[]");
    }
}

internal sealed class BulkServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddSingleton<BulkStore>().AddSingleton<BulkJobs>();
}

internal static class BulkTables
{
    public static Task<BulkJob?> LockBulkJobAsync(this PlatformDb db, BulkJobId id, CancellationToken ct) =>
        db.Set<BulkJob>().FromSql($"select * from bulk_job where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static Task<BulkFile?> FindBulkFileAsync(this PlatformDb db, BulkFileId id, Actor owner, DateTimeOffset now, CancellationToken ct) =>
        db.Set<BulkFile>().SingleOrDefaultAsync(file => file.Id == id && file.OwnerId == owner.Id && file.ExpiresAt > now, ct);

    public static Task<int> OpenJobsAsync(this PlatformDb db, Actor actor, CancellationToken ct) =>
        db.Set<BulkJob>().CountAsync(
            job => job.ActorId == actor.Id && (job.Status == BulkStatus.Waiting || job.Status == BulkStatus.Running), ct);
}
