using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>The engine alone: no sockets, one thread.</summary>
internal static class InProcess
{
    private const int Rounds = 7;

    public static async Task RunAsync()
    {
        await using var executor = new RequestExecutor(CatalogSchema.Build(), new RequestExecutorOptions());
        var services = new ServiceCollection().BuildServiceProvider();
        await MeasureAsync(executor, services, "engine-typename", CatalogSchema.TypeNameQuery, 200_000);
        await MeasureAsync(executor, services, "engine-list-100x8", CatalogSchema.ListQuery, 20_000);
        await MeasureAsync(executor, services, "engine-list-batched", CatalogSchema.BatchedQuery, 10_000);
    }

    private static async Task MeasureAsync(
        RequestExecutor executor, ServiceProvider services, string name, string query, int count)
    {
        var document = Encoding.UTF8.GetBytes(query);
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var times = new List<double>();
        long bytes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < count; i++)
            {
                var result = (OperationResult)await executor.ExecuteAsync(
                    new OperationRequest { Document = document },
                    new RequestContext { Services = services });
                output.ResetWrittenCount();
                result.WriteTo(output);
                await result.DisposeAsync();
            }

            times.Add((Environment.CpuUsage.TotalTime - started).TotalMicroseconds / count);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / count;
        }

        times.Sort();
        Figures.Print(name, ("cpu_us", times[Rounds / 2]), ("allocated_bytes", bytes), ("body_bytes", output.WrittenCount));
    }
}
